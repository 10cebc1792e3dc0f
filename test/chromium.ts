/** A headless Chromium, driven over the DevTools protocol through a pipe: no port is opened and no library needed. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

/** One page. */
export interface Page {
  /** Errors and warnings on the console, uncaught exceptions, violations of the policy. */
  readonly complaints: readonly string[]
  /** What was requested, the page itself apart. */
  readonly requests: readonly string[]
  /** Value of an expression in the page. @throws what it throws */
  readonly evaluate: (expression: string) => Promise<unknown>
  /** PNG. */
  readonly screenshot: () => Promise<Buffer>
}

/** Opens `url`, hands the page to `act`, and ends the browser. @param scheme what the reader's screen prefers */
export async function withPage<T>(url: string, scheme: 'light' | 'dark', act: (page: Page) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'sockscope-chromium-'))
  const browser = spawn('chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const gone = new Promise((resolve) => browser.on('exit', resolve))
  const connection = new Connection(browser.stdio[3] as Writable, browser.stdio[4] as Readable)
  try {
    return await act(await openPage(connection, url, scheme))
  } finally {
    // Asked to, all its processes end by themselves; one that is left when the first has been killed would still write into the profile.
    void connection.send('Browser.close').catch(() => {})
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5000))])
    try {
      process.kill(-browser.pid!, 'SIGKILL')
    } catch {
      // none of them is left
    }
    await gone
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

class Connection {
  readonly #to: Writable
  #last = 0
  #rest = ''
  readonly #waiting = new Map<number, (message: Message) => void>()
  onEvent: (method: string, params: Record<string, unknown>) => void = () => {}

  constructor(to: Writable, from: Readable) {
    this.#to = to
    from.setEncoding('utf8')
    from.on('data', (chunk: string) => {
      const messages = (this.#rest + chunk).split('\0')
      this.#rest = messages.pop() ?? ''
      for (const text of messages) this.#take(JSON.parse(text) as Message)
    })
  }

  #take(message: Message): void {
    if (message.id === undefined) this.onEvent(message.method ?? '', message.params ?? {})
    else this.#waiting.get(message.id)?.(message)
  }

  async send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++this.#last
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve))
    this.#to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    const { result, error } = await answer
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result ?? {}
  }
}

async function openPage(connection: Connection, url: string, scheme: string): Promise<Page> {
  const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true })
  const send = (method: string, params: object = {}): Promise<Record<string, unknown>> => connection.send(method, params, sessionId as string)
  const complaints: string[] = []
  const requests: string[] = []
  let loaded: () => void = () => {}
  const isLoaded = new Promise<void>((resolve) => (loaded = resolve))
  connection.onEvent = (method, params) => {
    if (method === 'Page.loadEventFired') loaded()
    else if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded') complaints.push(JSON.stringify(params))
    else if (method === 'Runtime.consoleAPICalled' && params['type'] !== 'log') complaints.push(JSON.stringify(params))
    else if (method === 'Page.javascriptDialogOpening') complaints.push('a dialog opened')
    else if (method === 'Network.requestWillBeSent') {
      const asked = (params['request'] as { readonly url: string }).url
      if (asked !== url) requests.push(asked)
    }
  }
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`)
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] })
  await send('Page.navigate', { url })
  await isLoaded
  return {
    complaints,
    requests,
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true })
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails))
      return (result as { readonly value?: unknown }).value
    },
    screenshot: async () => Buffer.from((await send('Page.captureScreenshot'))['data'] as string, 'base64'),
  }
}
