import { baseUrl } from '../../nodes/common/baseUrl';
import { Failure } from '../../nodes/common/failure';

describe('The address of a service', () => {
	test.each([
		['https://api.voucherify.io', 'https://api.voucherify.io'],
		[' https://api.example.com/ ', 'https://api.example.com'],
		['https://api.example.com///', 'https://api.example.com'],
		['HTTPS://API.Example.COM', 'https://api.example.com'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://[::1]:4010/', 'http://[::1]:4010'],
		['https://api.example.com:443', 'https://api.example.com'],
		['https://münchen.example', 'https://xn--mnchen-3ya.example'],
	])('%j is %s, from the list or typed', (given, address) => {
		expect(baseUrl('Acme', 'custom', given)).toBe(address);
		expect(baseUrl('Acme', given, undefined)).toBe(address);
	});

	test('is the same however often it is asked for, when Node.js has compiled what asks', () => {
		for (let asked = 0; asked < 30_000; asked++)
			if (baseUrl('Acme', 'custom', 'https://münchen.example') !== 'https://xn--mnchen-3ya.example')
				throw new Error(`refused after ${asked} times`);
	});

	test.each([
		['', 'is empty'],
		['   ', 'is empty'],
		['api.example.com', 'does not start with https://'],
		['ftp://api.example.com', 'does not start with https://'],
		['file:///etc/passwd', 'does not start with https://'],
		['javascript:alert(1)', 'does not start with https://'],
		['https://', 'does not start with https://'],
		['https://api.example.com/v1', 'has something behind https://api.example.com'],
		['https://api.example.com?x=1', 'has something behind https://api.example.com'],
		['https://api.example.com#x', 'has something behind https://api.example.com'],
		['https://me:hunter22@api.example.com', 'carries a name or a password'],
		['https://me@api.example.com', 'carries a name or a password'],
	])('%j is refused: it %s', (given, problem) => {
		let failure: unknown;
		try {
			baseUrl('Acme', 'custom', given);
		} catch (error) {
			failure = error;
		}
		if (!(failure instanceof Failure)) throw new Error('it was taken');
		expect(failure.message).toBe('The URL in the Acme credential is not usable');
		expect(failure.details.description).toContain(problem);
		expect(failure.details.description).not.toContain('hunter22');
	});

	test('is not needed twice: nothing typed is refused, too', () => {
		expect(() => baseUrl('Acme', 'custom', undefined)).toThrow(Failure);
		expect(() => baseUrl('Acme', undefined, undefined)).toThrow(Failure);
	});
});
