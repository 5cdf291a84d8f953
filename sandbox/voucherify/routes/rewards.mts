import type { FastifyInstance } from 'fastify';
import { list, pageOf } from '../page.mts';
import { readPaging, readQuery, textParameter } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

const LAST_PAGE = 100;

interface WithReward {
	Params: { rewardId: string };
}

/** Rewards: list, create, get, update, delete, and the programs that offer one. */
export function registerRewards(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/rewards', (request) => {
		const query = readQuery(request);
		const assignmentId = textParameter(query, 'assignment_id');
		const found = state.sales.rewards.all.filter(
			(reward) =>
				assignmentId === undefined ||
				state.sales.rewards.assignmentsOf(reward).some(({ id }) => id === assignmentId),
		);
		const page = pageOf(found, readPaging(query, LAST_PAGE), true).map((reward) => reward.toReward());
		return list('data', page, found.length);
	});

	app.post('/v1/rewards', (request) => state.sales.rewards.create(request.body).toReward());

	app.get<WithReward>('/v1/rewards/:rewardId', (request) =>
		state.sales.rewards.get(request.params.rewardId).toReward(),
	);

	app.put<WithReward>('/v1/rewards/:rewardId', (request) => {
		const reward = state.sales.rewards.get(request.params.rewardId);
		state.sales.rewards.update(reward, request.body);
		return reward.toReward();
	});

	app.delete<WithReward>('/v1/rewards/:rewardId', (request, reply) => {
		state.sales.rewards.delete(state.sales.rewards.get(request.params.rewardId));
		return reply.code(204).send();
	});

	app.get<WithReward>('/v1/rewards/:rewardId/assignments', (request) => {
		const assignments = state.sales.rewards.assignmentsOf(state.sales.rewards.get(request.params.rewardId));
		const page = pageOf(assignments, readPaging(readQuery(request), LAST_PAGE), true);
		return list(
			'data',
			page.map((assignment) => assignment.toAssignment()),
			assignments.length,
		);
	});

	app.post<WithReward>('/v1/rewards/:rewardId/assignments', (request) =>
		state.sales.rewards.assign(state.sales.rewards.get(request.params.rewardId), request.body).toAssignment(),
	);
}
