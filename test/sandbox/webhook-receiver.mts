import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';

/** A request that a receiver got. */
export interface ReceivedWebhook {
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
	readonly body: Record<string, unknown>;
}

/** A receiver of webhooks on loopback. */
export interface WebhookReceiver {
	readonly url: string;
	readonly received: ReceivedWebhook[];
	/** Answers with this status; undefined never answers. */
	status: number | undefined;
	close(): Promise<void>;
}

/** Starts a receiver that answers 200 until told otherwise. */
export async function startReceiver(): Promise<WebhookReceiver> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString();
			receiver.received.push({ headers: request.headers, text, body: JSON.parse(text) });
			if (receiver.status !== undefined) response.writeHead(receiver.status).end();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	const receiver: WebhookReceiver = {
		url: `http://127.0.0.1:${port}/hook`,
		received: [],
		status: 200,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
	return receiver;
}
