import { checkDelivery } from '../../scripts/start/delivery.mts';

const published = (customer: string, code: string) => ({ customerSourceId: customer, codes: [code] });
const profile = (external_id: string, custom_attributes: Record<string, unknown>) => ({
	external_id,
	custom_attributes,
});
const check = (publications: ReturnType<typeof published>[], users: ReturnType<typeof profile>[]) =>
	checkDelivery({ voucherify: { publications }, braze: { users } });

describe('a delivered flow', () => {
	it('has each code on the profile of the customer who got it', () => {
		const users = [profile('anna', { voucherify_code: 'A1' }), profile('ben', { offers: [{ code: 'B1' }] })];
		expect(check([published('anna', 'A1'), published('ben', 'B1')], users)).toEqual({
			codes: 2,
			profiles: 2,
			problems: [],
		});
	});

	it('counts several codes of one publication', () => {
		const publications = [{ customerSourceId: 'anna', codes: ['A1', 'A2'] }];
		const users = [profile('anna', { codes: ['A1', 'A2'] })];
		expect(checkDelivery({ voucherify: { publications }, braze: { users } })).toEqual({
			codes: 2,
			profiles: 1,
			problems: [],
		});
	});

	it('is not one that handed out nothing', () => {
		expect(check([], [profile('anna', {})]).problems).toEqual(['Voucherify handed out no code.']);
	});

	it('is not one whose code never reached Braze, or reached somebody else', () => {
		expect(check([published('anna', 'A1')], []).problems).toHaveLength(1);
		expect(
			check([published('anna', 'A1')], [profile('anna', {}), profile('ben', { code: 'A1' })]).problems,
		).toHaveLength(1);
	});

	it('is not one that gave a code to two customers', () => {
		const users = [profile('anna', { code: 'A1' }), profile('ben', { code: 'A1' })];
		expect(check([published('anna', 'A1'), published('ben', 'A1')], users).problems).toEqual([
			'A1 went to both anna and ben.',
		]);
	});
});
