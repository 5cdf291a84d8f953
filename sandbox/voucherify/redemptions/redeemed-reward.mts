import type { Customer } from '../customer.mts';
import type { Publication } from '../publication.mts';
import type { RewardAssignment } from '../rewards/reward-assignment.mts';

/** What a member got for points. */
export class RedeemedReward {
	constructor(
		readonly assignment: RewardAssignment,
		readonly points: number,
		readonly customer: Customer | undefined,
		/** The code that the reward consists of, when it is one. */
		readonly publication: Publication | undefined,
	) {}

	/** The reward as redemptions show it. */
	toRewardResult(serviceUrl: string): Record<string, unknown> {
		const { reward, id } = this.assignment;
		return {
			...reward.toReference(),
			customer: this.customer?.toSimpleCustomer() ?? null,
			assignment_id: id,
			voucher: this.publication?.vouchers[0].toVoucher(serviceUrl) ?? null,
			product: this.#product() ?? null,
			sku: null,
			loyalty_tier_id: null,
		};
	}

	/** The reward as events show it: only what applies. */
	toEventReward(): Record<string, unknown> {
		const { reward, id } = this.assignment;
		const product = this.#product();
		return {
			...(this.customer && { customer: this.customer.toSimpleCustomer() }),
			assignment_id: id,
			...(this.publication && { voucher: this.publication.vouchers[0].toEventVoucher() }),
			...(product && { product: { id: product.id, source_id: product.source_id, name: product.name } }),
			...reward.toReference(),
		};
	}

	#product() {
		const { fields, createdAt } = this.assignment.reward;
		if (fields.parameters.type !== 'MATERIAL') return undefined;
		const { productId } = fields.parameters;
		return {
			id: productId,
			source_id: productId,
			name: fields.name,
			price: null,
			attributes: [],
			metadata: {},
			image_url: null,
			created_at: new Date(createdAt).toISOString(),
			updated_at: null,
			object: 'product',
		};
	}
}
