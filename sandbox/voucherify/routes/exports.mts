import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { invalid, notFound, VoucherifyError } from '../errors.mts';
import type { ExportJob } from '../exports/exports.mts';
import { list, pageOf, sortedBy } from '../page.mts';
import { orderParameter, readPaging, readQuery, textParameter } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

const LAST_PAGE = 100;

interface WithExport {
	Params: { exportId: string };
}

/** Exports: create, list, get, delete, and the download that its token opens. */
export function registerExports(app: FastifyInstance, state: VoucherifyState): void {
	app.post('/v1/exports', (request) =>
		state.exports.toExport(state.exports.create(request.body), 'SCHEDULED'),
	);

	app.get('/v1/exports', (request) => {
		const query = readQuery(request);
		const paging = readPaging(query, LAST_PAGE);
		const { field, descending } = orderParameter(query, ['created_at', 'status'], 'created_at');
		const { exports } = state;
		const ordered = field === 'status' ? sortedBy(exports.all, (job) => exports.status(job)) : exports.all;
		const page = pageOf(ordered, paging, descending).map((job) => exports.toExport(job));
		return list('exports', page, exports.all.length);
	});

	app.get<WithExport>('/v1/exports/:exportId', (request, reply) => {
		const job = state.exports.get(request.params.exportId);
		const token = textParameter(readQuery(request), 'token');
		return token === undefined ? state.exports.toExport(job) : download(state, job, token, request, reply);
	});

	app.delete<WithExport>('/v1/exports/:exportId', (request, reply) => {
		state.exports.delete(state.exports.get(request.params.exportId));
		return reply.code(204).send();
	});
}

function download(
	state: VoucherifyState,
	job: ExportJob,
	token: string,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	if (token !== job.token) {
		throw new VoucherifyError(401, 'unauthorized', 'Unauthorized', 'The token does not open this export');
	}
	if (state.exports.status(job) === 'ERROR') {
		throw invalid('export_failed', 'Export failed', `Export ${job.id} has ended with an error`);
	}
	if (state.exports.status(job) !== 'DONE') throw notFound('export file', job.id);
	const file = Readable.from(encoded(state.exports.csv(job)), { objectMode: false });
	void reply
		.type('text/plain; charset=utf-8')
		.header('content-disposition', `attachment; filename="${job.id}.csv"`)
		.header('vary', 'accept-encoding');
	if (!acceptsGzip(request)) return reply.send(file);
	const packed = createGzip({ level: constants.Z_BEST_SPEED });
	// Both streams are destroyed together; who reads the file sees its error.
	pipeline(file, packed, () => {});
	return reply.header('content-encoding', 'gzip').send(packed);
}

function* encoded(pieces: Iterable<string>): Generator<Buffer> {
	for (const piece of pieces) yield Buffer.from(piece);
}

function acceptsGzip(request: FastifyRequest): boolean {
	const accepted = request.headers['accept-encoding'];
	return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted);
}
