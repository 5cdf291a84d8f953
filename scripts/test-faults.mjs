// npm run test:faults
import { runMain } from './dependencies.mjs';

await runMain('../test/faults/main.mts');
