import { setTimeout as delay } from 'node:timers/promises';
import { Readable, Transform } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Clock } from './clock.mts';
import type { Fault, Faults } from './faults.mts';
import type { LogEntry } from './request-log.mts';

const PAGE =
	'<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
const BYTES_BEFORE_CUT = 64 * 1024;

/** Waits in real time without keeping the process alive. */
export async function pause(ms: number): Promise<void> {
	await delay(ms, undefined, { ref: false });
}

/** What of the sandbox misbehaves. */
interface Misbehaving {
	readonly faults: Faults;
	readonly clock: Clock;
}

/** Lets a fault happen to a request that the service does not take; true when the request has ended with it. */
export async function applyBefore(
	fault: Fault,
	entry: LogEntry,
	reply: FastifyReply,
	clock: Clock,
): Promise<boolean> {
	entry.fault = `${fault.kind} before`;
	switch (fault.kind) {
		case 'slow':
			await pause(fault.delayMs);
			return false;
		case 'status':
			void reply
				.code(fault.status)
				.type(contentType(fault.body))
				.headers(fault.headers ?? {})
				.send(text(fault.body));
			return true;
		case 'notJson':
			void reply.type('text/html').send(PAGE);
			return true;
		case 'truncate':
			reply.hijack();
			sendHalf(reply, JSON.stringify({ message: 'This answer is cut off in the middle.' }));
			return true;
		case 'reset':
			reply.hijack();
			reset(reply);
			return true;
		case 'hang':
			reply.hijack();
			return true;
		case 'elapse':
			clock.advance(fault.ms);
			return false;
	}
}

/**
 * Lets a fault happen to a finished answer; `send` is called with what goes out instead, and never called when the
 * client gets no complete answer.
 */
export function applyAfter(
	{ faults, clock }: Misbehaving,
	entry: LogEntry,
	reply: FastifyReply,
	payload: unknown,
	send: (payload: unknown) => void,
): void {
	const hasGoneOn = entry.fault === undefined || /^(slow|elapse)/.test(entry.fault);
	const fault = hasGoneOn ? takeAfter(faults, entry) : undefined;
	if (fault === undefined) return send(payload);
	entry.fault = `${fault.kind} after`;
	switch (fault.kind) {
		case 'slow':
			void pause(fault.delayMs).then(() => send(payload));
			return;
		case 'status':
			void reply
				.code(fault.status)
				.type(contentType(fault.body))
				.headers(fault.headers ?? {})
				.removeHeader('content-length');
			return send(text(fault.body));
		case 'notJson':
			void reply.code(200).type('text/html').removeHeader('content-length');
			return send(PAGE);
		case 'truncate':
			if (payload instanceof Readable) return send(cutOff(payload, fault.bytes ?? BYTES_BEFORE_CUT, reply));
			return sendHalf(reply, typeof payload === 'string' ? payload : '');
		case 'reset':
			return reset(reply);
		case 'hang':
			return undefined;
		case 'elapse':
			clock.advance(fault.ms);
			return send(payload);
	}
}

function takeAfter(faults: Faults, entry: LogEntry): Fault | undefined {
	return faults.take('after', entry.service, entry.method, entry.path);
}

function contentType(body: unknown): string {
	return typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
}

function text(body: unknown): string {
	return typeof body === 'string'
		? body
		: JSON.stringify(body ?? { message: 'This answer was ordered by a test.' });
}

function reset(reply: FastifyReply): void {
	reply.raw.socket?.resetAndDestroy();
}

/** Announces the whole answer, sends half of it, and resets the connection. */
function sendHalf(reply: FastifyReply, answer: string): void {
	const bytes = Buffer.from(answer);
	reply.raw.writeHead(reply.statusCode, {
		'content-type': 'application/json; charset=utf-8',
		'content-length': bytes.length,
	});
	// Ending the connection at once could overtake the bytes, so it waits until they were handed to the network.
	reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => reply.raw.socket?.destroy());
}

function cutOff(source: Readable, bytes: number, reply: FastifyReply): Readable {
	let left = bytes;
	const cut = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			const part = chunk.subarray(0, left);
			left -= part.length;
			this.push(part);
			if (left > 0) return done();
			// The pipe stays open: a clean end would look like a complete file.
			setImmediate(() => reply.raw.socket?.destroy());
		},
	});
	source.on('error', (error) => cut.destroy(error));
	return source.pipe(cut);
}
