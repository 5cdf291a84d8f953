import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import type { Campaigns } from './campaigns.mts';
import type { Customer } from './customer.mts';
import type { Customers } from './customers.mts';
import { invalid } from './errors.mts';
import { Publication } from './publication.mts';
import { readPublicationRequest, type PublicationRequest } from './publication-request.mts';
import type { Voucher } from './voucher.mts';

/** What a publication needs of the rest of Voucherify. */
export interface PublicationsContext {
	readonly clock: Clock;
	readonly random: Random;
	readonly campaigns: Campaigns;
	readonly customers: Customers;
	/** What a repeated `source_id` gets. */
	readonly duplicateSourceId: 'return' | 'refuse';
	readonly published: (publication: Publication) => void;
}

/** All publications; gives out codes, none of them twice. */
export class Publications {
	readonly #context: PublicationsContext;
	readonly #all: Publication[] = [];
	readonly #bySourceId = new Map<string, Publication>();
	readonly #byCustomer = new Map<string, Publication[]>();
	/** First publication of a campaign to a customer, by `campaign id/customer id`. */
	readonly #first = new Map<string, Publication>();

	constructor(context: PublicationsContext) {
		this.#context = context;
	}

	get count(): number {
		return this.#all.length;
	}

	/** In order of their creation. */
	get all(): readonly Publication[] {
		return this.#all;
	}

	/** In order of their creation. */
	ofCustomer(customer: Customer): readonly Publication[] {
		return this.#byCustomer.get(customer.id) ?? [];
	}

	/** The one publication with this source_id. */
	withSourceId(sourceId: string): Publication | undefined {
		return this.#bySourceId.get(sourceId);
	}

	/**
	 * Gives a customer the codes that a request body asks for. A repeated `source_id` and a repeated join get the first
	 * publication again, or 400 `duplicate_source_id` when the sandbox is set so.
	 * @param joinOnce the query flag of the same name
	 */
	publish(body: unknown, joinOnce: boolean): Publication {
		const request = readPublicationRequest(body);
		const repeated = request.sourceId === undefined ? undefined : this.#bySourceId.get(request.sourceId);
		if (repeated !== undefined) {
			if (this.#context.duplicateSourceId === 'return') return repeated;
			const details = `Publication with source_id ${request.sourceId} already exists`;
			throw invalid('duplicate_source_id', 'Duplicate source id', details);
		}
		const known = this.#knownCustomer(request);
		const vouchers =
			request.voucher === undefined
				? this.#join(request, request.campaign, known, joinOnce)
				: this.#given(request.voucher, known);
		// The customer is written last: a refused publication must leave no trace.
		return vouchers instanceof Publication
			? vouchers
			: this.#add(request, this.#context.customers.upsert(request.customer), vouchers);
	}

	/** Codes of a campaign, or the publication with which the customer has joined it. */
	#join(
		request: PublicationRequest,
		idOrName: string,
		known: Customer | undefined,
		joinOnce: boolean,
	): readonly [Voucher, ...Voucher[]] | Publication {
		const campaign = this.#context.campaigns.get(idOrName);
		const joined = known === undefined ? undefined : this.#first.get(`${campaign.id}/${known.id}`);
		if (joined !== undefined) {
			if (joinOnce || (campaign.joinOnce && request.sourceId === undefined)) return joined;
			if (campaign.joinOnce) {
				const details = `Customer ${known?.id} has already joined campaign ${campaign.name}`;
				throw invalid('voucher_cannot_be_published', 'Voucher cannot be published', details);
			}
		}
		const [first, ...more] = campaign.freeVouchers(request.count) ?? [];
		if (first === undefined) {
			const details = `Campaign ${campaign.name} has no ${request.count > 1 ? `${request.count} vouchers` : 'voucher'} left to publish`;
			throw invalid('no_voucher_suitable_for_publication', 'No voucher suitable for publication', details);
		}
		return [first, ...more];
	}

	#given(code: string, known: Customer | undefined): readonly [Voucher] {
		const voucher = this.#context.campaigns.getVoucher(code);
		if (voucher.holderId !== undefined && voucher.holderId !== known?.id) {
			const details = `Voucher ${voucher.code} was published to another customer`;
			throw invalid('voucher_already_published', 'Voucher already published', details);
		}
		return [voucher];
	}

	#knownCustomer({ customer }: PublicationRequest): Customer | undefined {
		const { id, source_id: sourceId } = customer;
		const { customers } = this.#context;
		// An id that does not exist is an error, unless the customer can be created by its source_id.
		if (id !== undefined && sourceId === undefined) return customers.get(id);
		return (
			(id === undefined ? undefined : customers.find(id)) ??
			(sourceId === undefined ? undefined : customers.find(sourceId))
		);
	}

	#add(
		request: PublicationRequest,
		customer: Customer,
		vouchers: readonly [Voucher, ...Voucher[]],
	): Publication {
		const { clock, random, published } = this.#context;
		const at = clock.millis();
		for (const voucher of vouchers) voucher.stock.hold(voucher, customer.id, at);
		const { campaign } = vouchers[0];
		const { sourceId, channel, metadata } = request;
		const id = random.id('pub_');
		const publication = new Publication(id, at, customer, campaign, vouchers, sourceId, channel, metadata);
		this.#all.push(publication);
		if (sourceId !== undefined) this.#bySourceId.set(sourceId, publication);
		const others = this.#byCustomer.get(customer.id);
		if (others === undefined) this.#byCustomer.set(customer.id, [publication]);
		else others.push(publication);
		const join = `${campaign?.id}/${customer.id}`;
		if (campaign !== undefined && !this.#first.has(join)) this.#first.set(join, publication);
		published(publication);
		return publication;
	}
}
