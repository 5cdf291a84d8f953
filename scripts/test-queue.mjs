// npm run test:queue
import { runMain } from './dependencies.mjs';

await runMain('../test/queue/main.mts');
