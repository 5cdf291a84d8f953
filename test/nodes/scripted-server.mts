import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as it arrived. */
export interface Received {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** How many requests were under way when it arrived, itself included. */
	readonly atOnce: number;
	/** How many requests to the same path arrived before it. */
	readonly before: number;
}

/** What a scripted server does with a request. */
export type Answer =
	| {
			readonly status?: number;
			readonly headers?: Readonly<Record<string, string>>;
			/** Text is sent as it is, anything else as JSON. */
			readonly body?: unknown;
			/** In ms. */
			readonly after?: number;
			/** Sends so many bytes of the body, then breaks the connection. */
			readonly breakAfter?: number;
			/** Sends so many bytes of the body, then nothing more. */
			readonly stallAfter?: number;
	  }
	/** Breaks the connection without an answer. */
	| 'reset'
	/** Never answers. */
	| 'silence';

export interface ScriptedServer {
	readonly url: string;
	readonly received: Received[];
	/** The most requests that were under way at once. */
	readonly mostAtOnce: number;
	/** Requests whose connection the client closed before they were answered. */
	readonly abandoned: number;
	/** Waits until no request is under way any more. */
	quiet(): Promise<void>;
	close(): Promise<void>;
}

/** A real HTTP server on loopback that answers as a script says and remembers what it was sent. */
export async function startServer(
	script: (request: Received) => Answer | Promise<Answer>,
	host = '127.0.0.1',
): Promise<ScriptedServer> {
	const received: Received[] = [];
	const sockets = new Set<Socket>();
	const counts = { underWay: 0, mostAtOnce: 0, abandoned: 0 };
	const server = createServer((request, response) => {
		counts.underWay++;
		counts.mostAtOnce = Math.max(counts.mostAtOnce, counts.underWay);
		response.on('close', () => {
			counts.underWay--;
			if (!response.writableFinished) counts.abandoned++;
		});
		void handle(request, response);
	});
	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const atOnce = counts.underWay;
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const path = request.url ?? '';
		const one: Received = {
			method: request.method ?? '',
			path,
			headers: request.headers,
			body: Buffer.concat(chunks).toString('utf8'),
			atOnce,
			before: received.filter((earlier) => earlier.path === path).length,
		};
		received.push(one);
		await answer(await script(one), response);
	};
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://${host}:${port}`,
		received,
		get mostAtOnce() {
			return counts.mostAtOnce;
		},
		get abandoned() {
			return counts.abandoned;
		},
		quiet: async () => {
			while (counts.underWay > 0) await sleep(5);
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function answer(what: Answer, response: ServerResponse): Promise<void> {
	if (what === 'silence') return;
	if (what === 'reset') {
		response.socket?.resetAndDestroy();
		return;
	}
	const { status = 200, headers = {}, body = {}, after = 0, breakAfter, stallAfter } = what;
	if (after > 0) await sleep(after);
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	response.writeHead(status, {
		'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
		'content-length': String(Buffer.byteLength(text)),
		...headers,
	});
	const part = breakAfter ?? stallAfter;
	if (part === undefined) {
		response.end(text);
		return;
	}
	await new Promise((resolve) => response.write(text.slice(0, part), resolve));
	if (breakAfter === undefined) return;
	// Lets the first bytes reach the client before the connection breaks.
	await sleep(20);
	response.socket?.destroy();
}
