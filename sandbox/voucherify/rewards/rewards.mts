import type { Clock } from '../../common/clock.mts';
import type { Random } from '../../common/random.mts';
import { integerIn, objectIn, readBody, textIn, wrongPayload } from '../body.mts';
import type { Campaign } from '../campaign.mts';
import { type Campaigns, duplicate } from '../campaigns.mts';
import { invalid, notFound } from '../errors.mts';
import { readRewardFields, Reward, type RewardFields } from './reward.mts';
import { RewardAssignment } from './reward-assignment.mts';

/** All rewards, and which loyalty programs offer them for how many points. */
export class Rewards {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #campaigns: Campaigns;
	readonly #rewards = new Map<string, Reward>();
	#assignments: RewardAssignment[] = [];

	constructor(clock: Clock, random: Random, campaigns: Campaigns) {
		this.#clock = clock;
		this.#random = random;
		this.#campaigns = campaigns;
	}

	/** Oldest first. */
	get all(): Reward[] {
		return [...this.#rewards.values()];
	}

	/** Throws 404. */
	get(id: string): Reward {
		const reward = this.#rewards.get(id);
		if (reward === undefined) throw notFound('reward', id);
		return reward;
	}

	/** Makes a reward out of a request's body. Throws 400 `invalid_payload`, or 404 for an unknown campaign. */
	create(body: unknown): Reward {
		return this.add(readRewardFields(readBody(body)), this.#clock.millis());
	}

	/** Makes a reward. Throws 404 for an unknown campaign. */
	add(fields: RewardFields, createdAt: number): Reward {
		this.#checkCampaign(fields);
		const type = (id: string) => this.#campaigns.find(id)?.campaignType;
		const reward = new Reward(this.#random.id('rew_'), createdAt, fields, type);
		this.#rewards.set(reward.id, reward);
		return reward;
	}

	/** Changes what a request's body names. Throws 400 `invalid_payload`, or 404 for an unknown campaign. */
	update(reward: Reward, body: unknown): void {
		const fields = readRewardFields(readBody(body), reward.fields);
		this.#checkCampaign(fields);
		reward.fields = fields;
		reward.updatedAt = this.#clock.millis();
	}

	/** Throws 400 `reward_in_use` while a program offers it. */
	delete(reward: Reward): void {
		if (this.assignmentsOf(reward).length > 0) {
			throw invalid('reward_in_use', 'Reward in use', `Reward ${reward.id} is assigned to a campaign`);
		}
		this.#rewards.delete(reward.id);
	}

	/** Lets the program that a request's body names offer the reward. Throws 400, 404 or 409 `duplicate_found`. */
	assign(reward: Reward, body: unknown): RewardAssignment {
		const given = readBody(body);
		const name = textIn(given, 'campaign');
		if (name === undefined) throw wrongPayload('Property .campaign is required');
		const campaign = this.#campaigns.get(name);
		if (campaign.campaignType !== 'LOYALTY_PROGRAM') {
			throw wrongPayload(`Campaign ${campaign.name} is not a loyalty program`);
		}
		if (this.#assignments.some((one) => one.reward === reward && one.campaign === campaign)) {
			throw duplicate(`Reward ${reward.id} is already assigned to campaign ${campaign.name}`);
		}
		const parameters = objectIn(given, 'parameters');
		const loyalty = parameters && objectIn(parameters, 'loyalty');
		const points = loyalty && integerIn(loyalty, 'points');
		if (points === undefined && reward.type !== 'COIN') {
			throw wrongPayload('Property .parameters.loyalty.points is required');
		}
		return this.addAssignment(reward, campaign, points, this.#clock.millis());
	}

	/** Lets a program offer a reward for `points`; of coins, members say how many they spend. */
	addAssignment(
		reward: Reward,
		campaign: Campaign,
		points: number | undefined,
		createdAt: number,
	): RewardAssignment {
		const assignment = new RewardAssignment(this.#random.id('rewa_'), createdAt, reward, campaign, points);
		this.#assignments.push(assignment);
		return assignment;
	}

	/** Where a reward is offered, oldest first. */
	assignmentsOf(reward: Reward): RewardAssignment[] {
		return this.#assignments.filter((assignment) => assignment.reward === reward);
	}

	/** What a program offers, oldest first. */
	offeredBy(campaign: Campaign): RewardAssignment[] {
		return this.#assignments.filter((assignment) => assignment.campaign.id === campaign.id);
	}

	#checkCampaign({ parameters }: RewardFields): void {
		if (parameters.type === 'CAMPAIGN') this.#campaigns.get(parameters.campaignId);
	}
}
