/** ESP with -E: the payload, with the right secret and with none or a wrong one. */
import * as crypto from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseEspSecrets } from '../../src/format/esp-secrets.js'
import { LineWriter } from '../../src/format/line.js'
import { DEFAULT_PRINT_OPTIONS } from '../../src/format/options.js'
import { writePacket } from '../../src/format/packet.js'
import { Printer } from '../../src/format/printer.js'
import { Timestamps } from '../../src/format/timestamp.js'
import { cut, frameOf } from '../decode/frames.js'
import type { Frame } from '../../src/frame.js'

const KEY = '000102030405060708090a0b0c0d0e0f'
/** UDP from 10.0.0.1 to 10.0.0.2 in an AES-128-CBC tunnel of KEY with a 96-bit check value (made with openssl enc). */
const TUNNEL = frameOf(
  `4500006800010000403266610a0000010a0000020000123400000007303132333435363738393a3b3c3d3e3f
   2a9d740cf1425ee2602fa409968478b1e5b351f27ae45a0949cf1d155810ae40c07e7164b78891d52d95481e0ba2dd2aaaaaaaaaaaaaaaaaaaaaaaaa`,
  101,
)

function print(frame: Frame, espSecrets: string, verbose = 0): string {
  const options = { ...DEFAULT_PRINT_OPTIONS, numeric: true, time: 1, espSecrets, verbose }
  let text = ''
  const p = new Printer(new LineWriter((bytes) => { text += Buffer.from(bytes).toString('latin1') }, 0), options, undefined)
  p.crypto = crypto
  writePacket(p, new Timestamps(options), frame, 1)
  p.out.flush()
  return text.slice(0, -1)
}

const OUTSIDE = 'IP 10.0.0.1 > 10.0.0.2: ESP(spi=0x00001234,seq=0x7), length 84'

describe('-E', () => {
  it.each([
    { why: 'for all packets', secret: `aes128-cbc-hmac96:0x${KEY}`, inside: ': IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'for this one', secret: `0x1234@10.0.0.2 aes128-cbc-hmac96:0x${KEY}`, inside: ': IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'the second of two', secret: `1@10.0.0.2 aes128-hmac96:0x00\n4660@10.0.0.2 aes128-hmac96:0x${KEY}`, inside: ': IP 10.0.0.1.1111 > 10.0.0.2.2222: UDP, length 6' },
    { why: 'for another SPI', secret: `0x1235@10.0.0.2 aes128-cbc-hmac96:0x${KEY}`, inside: '' },
    { why: 'for another host', secret: `0x1234@10.0.0.9 aes128-cbc-hmac96:0x${KEY}`, inside: '' },
    { why: 'a wrong key', secret: 'aes128-cbc-hmac96:0x11111111111111111111111111111111', inside: ' [|esp]' },
    { why: 'no such cipher', secret: `foo-hmac96:0x${KEY}`, inside: '' },
    { why: 'no check value', secret: `aes128-cbc:0x${KEY}`, inside: '' },
  ])('$why', ({ secret, inside }) => expect(print(TUNNEL, secret)).toBe(OUTSIDE + inside))

  it('ends at every cut', () => {
    for (let kept = 1; kept < TUNNEL.end; kept++) expect(print(cut(TUNNEL, kept), `aes128-hmac96:0x${KEY}`)).not.toMatch(/[^\n\x20-\x7e]/)
  })

  it('passes over what it cannot understand', () => expect(parseEspSecrets(crypto, '# a comment\n\nnonsense\naes256-cbc:0x00\n').esp).toMatchObject([{ cipher: 'aes256', checkLength: 0 }]))

  /** A message of IKEv2 whose payloads stand in an encrypted one: AES-128-CBC of KEY (made with openssl enc). */
  const MESSAGE = frameOf(
    `450000a8000100004011 6642 0a0000010a000002 01f401f400940000
     494949494949494952525252525252522e202308000000010000008c2300007030313233343536373839303132333435a1f538a7c4d41aaa99a2259e
     051fd80c0e8a3dc40faa93944bdd556eeb1de5f08543b34855dc536f757b789b369c17c80f140ab3dd0be07119a5dae7953df510b37c24c21023044570d9e5cd1c85569daaaaaaaaaaaaaaaaaaaaaaaa`,
    101,
  )
  const IKE = 'ikev2 I 0x4949494949494949 0x5252525252525252 sha1:0x00'

  it.each([
    { why: 'with its secret', secret: `${IKE} aes128:0x${KEY}`, inside: /\(v2e: len=108\n {12}\(v2IDi: len=16 fqdn:host\.example\)\n {12}\(v2auth: .*\n {12}\(v2TSi: len=20\)\)$/s },
    { why: 'with the other side\'s', secret: `${IKE.replace(' I ', ' R ')} aes128:0x${KEY}`, inside: /\(v2e: len=108\)$/ },
    { why: 'with that of another exchange', secret: `${IKE.replace('49', '48')} aes128:0x${KEY}`, inside: /\(v2e: len=108\)$/ },
    { why: 'with half a line', secret: `${IKE}`, inside: /\(v2e: len=108\)$/ },
  ])('IKEv2 $why', ({ secret, inside }) => expect(print(MESSAGE, secret, 1)).toMatch(inside))
})
