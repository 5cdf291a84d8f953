import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/** The port itself if nothing on loopback listens there, otherwise any free one; `wanted` 0 takes any. */
export async function freePort(wanted: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error) => {
			const taken = 'code' in error && error.code === 'EADDRINUSE';
			if (taken && wanted !== 0) resolve(freePort(0));
			else reject(error);
		});
		server.listen(wanted, HOST, () => {
			const address = server.address();
			const port = typeof address === 'object' && address !== null ? address.port : wanted;
			server.close(() => resolve(port));
		});
	});
}
