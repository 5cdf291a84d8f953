import { TokenKeeper, type AccessToken } from '../../nodes/common/accessToken';

const LIFETIME = 900_000;

/** A service that hands out t1, t2, … as soon as the event loop has turned. */
function service(lifetime = LIFETIME) {
	let asked = 0;
	return {
		times: () => asked,
		ask: async (): Promise<AccessToken> => {
			const value = `t${++asked}`;
			await new Promise((resolve) => setImmediate(resolve));
			return { value, lifetime };
		},
	};
}

afterEach(() => jest.restoreAllMocks());

describe('A token', () => {
	test('is asked for once, however many requests wait for it', async () => {
		const { ask, times } = service();
		const keeper = new TokenKeeper('waiting', ask);
		const tokens = await Promise.all(Array.from({ length: 8 }, async () => await keeper.token()));
		expect(new Set(tokens)).toEqual(new Set(['t1']));
		expect(times()).toBe(1);
	});

	test('is shared by whoever asks with the same keys, and by nobody else', async () => {
		const { ask } = service();
		const first = await new TokenKeeper({ keys: 'mine' }, ask).token();
		expect(await new TokenKeeper({ keys: 'mine' }, ask).token()).toBe(first);
		expect(await new TokenKeeper({ keys: 'yours' }, ask).token()).not.toBe(first);
	});

	test.each([
		['is kept until a minute before it ends', LIFETIME - 61_000, 't1'],
		['is replaced in its last minute', LIFETIME - 59_000, 't2'],
	])('%s', async (promise, later, expected) => {
		const { ask } = service();
		const keeper = new TokenKeeper(promise, ask);
		await keeper.token();
		const now = Date.now();
		jest.spyOn(Date, 'now').mockReturnValue(now + later);
		expect(await keeper.token()).toBe(expected);
	});

	test('is replaced once when many requests are refused with it, also when one hears of it late', async () => {
		const { ask, times } = service();
		const keeper = new TokenKeeper('refused', ask);
		const refused = await keeper.token();
		const again = async () => {
			keeper.drop(refused);
			return await keeper.token();
		};
		expect(new Set(await Promise.all(Array.from({ length: 8 }, again)))).toEqual(new Set(['t2']));
		expect(await again()).toBe('t2');
		expect(times()).toBe(2);
	});

	test('is asked for anew after the service could not give one', async () => {
		const { ask } = service();
		let fails = true;
		const keeper = new TokenKeeper('failing', async () => {
			if (!fails) return await ask();
			fails = false;
			throw new Error('not now');
		});
		await expect(keeper.token()).rejects.toThrow('not now');
		expect(await keeper.token()).toBe('t1');
	});
});
