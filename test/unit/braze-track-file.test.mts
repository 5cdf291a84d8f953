import fc from 'fast-check';
import { Ledger } from '../../nodes/Braze/trackFile/ledger';
import { SentUsers } from '../../nodes/Braze/trackFile/sentUsers';
import { Failure } from '../../nodes/common/failure';

/** What becomes of a row, and after how many others it does. */
const fate = fc.record({
	end: fc.constantFrom(
		'accepted' as const,
		'unchanged' as const,
		'rejected' as const,
		'refused' as const,
		'open' as const,
	),
	after: fc.nat(20),
});

describe('The account of the rows of a file', () => {
	it('gives the rejected rows in the order of the file, whatever the order in which they end, and says where to go on', () => {
		fc.assert(
			fc.property(fc.array(fate, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (fates, takeEvery) => {
				const ledger = new Ledger(',');
				const problem = (number: number) => new Failure({ message: `no ${number}`, code: `c${number}` });
				const due: Array<{ readonly at: number; readonly end: () => void }> = [];
				let text = '';
				let steps = 0;
				const step = () => {
					for (const { at, end } of due) if (at === steps) end();
					if (++steps % takeEvery === 0) text += ledger.take();
				};
				fates.forEach(({ end, after }, index) => {
					const number = index + 2;
					const place = ledger.next;
					if (end === 'refused') ledger.refuse(number, ['x', 'a,b'], problem(number));
					else ledger.begin(number, ['x', 'a,b']);
					const outcome = end === 'rejected' ? problem(number) : end;
					if (outcome !== 'refused' && outcome !== 'open')
						due.push({ at: index + after, end: () => ledger.settle(place, outcome) });
					step();
				});
				for (let rest = 0; rest <= 20; rest++) step();
				text += ledger.takeAll();

				const numbers = (...ends: string[]) =>
					fates.flatMap(({ end }, index) => (ends.includes(end) ? [index + 2] : []));
				expect(text).toBe(
					numbers('rejected', 'refused')
						.map((number) => `${number},no ${number},c${number},x,"a,b"\r\n`)
						.join(''),
				);
				expect(ledger.accepted).toBe(numbers('accepted').length);
				expect(ledger.unchanged).toBe(numbers('unchanged').length);
				expect(ledger.rejected).toBe(numbers('rejected', 'refused').length);
				const [open] = numbers('open');
				expect(ledger.firstOpen).toBe(open);
				expect(ledger.acceptedBeyond).toEqual(
					numbers('accepted', 'unchanged').filter((number) => open !== undefined && number > open),
				);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('holds nothing of rows that have ended when those before them have', () => {
		const ledger = new Ledger(',');
		let most = 0;
		for (let row = 0; row < 10_000; row++) {
			ledger.begin(row, ['x']);
			if (row >= 100) ledger.settle(row - 100, 'accepted');
			most = Math.max(most, ledger.held);
		}
		expect(most).toBe(100);
	});
});

describe('The users that something was sent to', () => {
	it('are all remembered, and few others are taken for them', () => {
		const users = new SentUsers();
		expect(users.has('user-1')).toBe(false);
		for (let user = 0; user < 20_000; user++) users.add(`user-${user}`);
		let others = 0;
		for (let user = 0; user < 20_000; user++) {
			expect(users.has(`user-${user}`)).toBe(true);
			if (users.has(`other-${user}`)) others++;
		}
		expect(others).toBeLessThan(5);
	});
});
