// npm run lint
import { runMain } from './dependencies.mjs';

await runMain('./checks/lint.mts');
