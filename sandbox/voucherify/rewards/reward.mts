import { integerIn, objectIn, textIn, wrongPayload } from '../body.mts';
import type { Campaign } from '../campaign.mts';
import type { JsonObject } from '../json.mts';

/** What a reward consists of. */
export type RewardParameters =
	| { readonly type: 'CAMPAIGN'; readonly campaignId: string; readonly balance: number | undefined }
	| { readonly type: 'MATERIAL'; readonly productId: string; readonly skuId: string | null }
	| {
			readonly type: 'COIN';
			/** Money in whole units that `pointsRatio` points are worth. */
			readonly exchangeRatio: number;
			readonly pointsRatio: number;
	  };

/** What can be set on a reward. */
export interface RewardFields {
	readonly name: string;
	readonly parameters: RewardParameters;
	/** Of material rewards; null stands for no limit. */
	readonly stock: number | null;
	readonly attributes: JsonObject | undefined;
	readonly metadata: JsonObject;
}

/** Something that members of a loyalty program get for their points. */
export class Reward {
	redeemed = 0;
	updatedAt: number | undefined;

	constructor(
		readonly id: string,
		/** Milliseconds since 1970. */
		readonly createdAt: number,
		public fields: RewardFields,
		/** Type of the campaign that the codes of a CAMPAIGN reward come from. */
		readonly campaignType: (campaignId: string) => Campaign['campaignType'] | undefined,
	) {}

	get type(): RewardParameters['type'] {
		return this.fields.parameters.type;
	}

	get left(): number {
		return this.fields.stock === null ? Infinity : this.fields.stock - this.redeemed;
	}

	/** What a number of points is worth, in cents; only coins are worth money. */
	cents(points: number): number {
		const { parameters } = this.fields;
		if (parameters.type !== 'COIN') return 0;
		return Math.floor((points / parameters.pointsRatio) * parameters.exchangeRatio * 100);
	}

	/** The reward as the rewards' routes show it. */
	toReward(): Record<string, unknown> {
		const { attributes, stock } = this.fields;
		return {
			...this.toReference(),
			stock,
			redeemed: this.type === 'MATERIAL' ? this.redeemed : null,
			...(attributes && { attributes }),
		};
	}

	/** The reward as redemptions and events name it. */
	toReference(): Record<string, unknown> {
		return {
			id: this.id,
			name: this.fields.name,
			type: this.type,
			parameters: this.#parameters(),
			metadata: this.fields.metadata,
			created_at: new Date(this.createdAt).toISOString(),
			updated_at: this.updatedAt === undefined ? null : new Date(this.updatedAt).toISOString(),
			object: 'reward',
		};
	}

	#parameters(): Record<string, unknown> {
		const { parameters } = this.fields;
		switch (parameters.type) {
			case 'CAMPAIGN': {
				const { campaignId: id, balance } = parameters;
				return { campaign: { id, type: this.campaignType(id), ...(balance !== undefined && { balance }) } };
			}
			case 'MATERIAL':
				return { product: { id: parameters.productId, sku_id: parameters.skuId } };
			case 'COIN': {
				const { exchangeRatio, pointsRatio } = parameters;
				return { coin: { exchange_ratio: exchangeRatio, points_ratio: pointsRatio } };
			}
		}
	}
}

/** Reads what a body says about a reward; `known` fills what is left out. Throws 400 `invalid_payload`. */
export function readRewardFields(body: JsonObject, known?: RewardFields): RewardFields {
	const parameters = objectIn(body, 'parameters');
	const read = parameters === undefined ? known?.parameters : readParameters(parameters);
	if (read === undefined) throw wrongPayload('Property .parameters is required');
	if (known !== undefined && known.parameters.type !== read.type) {
		throw wrongPayload('The type of a reward cannot be changed');
	}
	return {
		name: textIn(body, 'name') ?? known?.name ?? 'Reward',
		parameters: read,
		stock: integerIn(body, 'stock') ?? known?.stock ?? null,
		attributes: objectIn(body, 'attributes') ?? known?.attributes,
		metadata: { ...known?.metadata, ...objectIn(body, 'metadata') },
	};
}

function readParameters(parameters: JsonObject): RewardParameters {
	const campaign = objectIn(parameters, 'campaign');
	if (campaign !== undefined) {
		const campaignId = textIn(campaign, 'id');
		if (campaignId === undefined) throw wrongPayload('Property .parameters.campaign.id is required');
		return { type: 'CAMPAIGN', campaignId, balance: integerIn(campaign, 'balance') };
	}
	const product = objectIn(parameters, 'product');
	if (product !== undefined) {
		const productId = textIn(product, 'id');
		if (productId === undefined) throw wrongPayload('Property .parameters.product.id is required');
		return { type: 'MATERIAL', productId, skuId: textIn(product, 'sku_id') ?? null };
	}
	const coin = objectIn(parameters, 'coin');
	if (coin === undefined) throw wrongPayload('Property .parameters should have campaign, product or coin');
	// Both ratios may be texts.
	const exchangeRatio = Number(coin['exchange_ratio']);
	const pointsRatio = Number(coin['points_ratio'] ?? 1);
	if (!(exchangeRatio > 0 && pointsRatio > 0)) {
		throw wrongPayload('Properties .parameters.coin.exchange_ratio and .points_ratio should be above 0');
	}
	return { type: 'COIN', exchangeRatio, pointsRatio };
}
