import { homedir } from 'node:os';
import { join } from 'node:path';

const NAME = 'n8n-nodes-voucherify-braze';

/** The folder in the user's cache that all clones of the project share. */
export function cacheFolder(
	env: NodeJS.ProcessEnv = process.env,
	platform: NodeJS.Platform = process.platform,
): string {
	if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), NAME);
	if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], NAME);
	return platform === 'darwin' ? join(homedir(), 'Library', 'Caches', NAME) : join(homedir(), '.cache', NAME);
}
