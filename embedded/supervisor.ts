import { mkdirSync } from 'node:fs';
import type { Config } from '../config.ts';
import { openDatabase, openTemporal, type Database } from './backends.ts';
import { brokerEnvironment, brokerUrl, noteRegistered, openBroker, type BrokerRecord } from './broker.ts';
import type { Child } from './child.ts';
import { errorText, StartupError } from './errors.ts';
import { lastLines } from './files.ts';
import { lockHome, openLogs, prepareHome } from './home.ts';
import { removeInstance, writeInstance, type Instance } from './instance.ts';
import { endLeftovers, startRecording } from './leftovers.ts';
import { migrationEnvironment, programEnvironment, startProgram, untilDone, type Programs } from './programs.ts';
import { choosePort, serverUrl, untilReady } from './readiness.ts';
import { noteRepair, repairIfNoted } from './repair.ts';
import { keepRunning, type Service } from './service.ts';
import type { ExplainTemporal, ReachTemporal, ServiceName, Stage } from './stage.ts';

export interface SupervisorOptions {
  readonly config: Config;
  readonly programs: Programs;
  readonly reachTemporal: ReachTemporal;
  readonly explainTemporal?: ExplainTemporal;
  /** Hears plain lines for the person at the terminal. */
  readonly say: (line: string) => void;
}

/** Runs the whole system: starts its parts in order, starts again what dies, stops them in the opposite order. */
export class Supervisor {
  readonly #config: Config;
  readonly #programs: Programs;
  readonly #reachTemporal: ReachTemporal;
  readonly #explainTemporal: ExplainTemporal | undefined;
  readonly #say: (line: string) => void;
  readonly #services: Service[] = [];
  readonly #stopping = new AbortController();
  readonly #pids: Instance['pids'] = { supervisor: process.pid, server: null, worker: null, postgres: null, temporal: null, broker: null };
  #starting: Promise<string> | undefined;
  #ending: Promise<void> | undefined;
  #unlock: (() => void) | undefined;
  #publish: (() => void) | undefined;
  #repair: (() => Promise<void>) | undefined;
  #registering: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.#config = options.config;
    this.#programs = options.programs;
    this.#reachTemporal = options.reachTemporal;
    this.#explainTemporal = options.explainTemporal;
    this.#say = options.say;
  }

  /** Resolves to the server's address when `GET /status` answers 200; rejects when it cannot get there. */
  start(): Promise<string> {
    this.#starting ??= this.#startAll();
    return this.#starting;
  }

  /** Stops server, worker, broker, Temporal and PostgreSQL, in this order; also in the middle of a start. */
  stop(): Promise<void> {
    this.#ending ??= this.#stopAll();
    return this.#ending;
  }

  /** Ends the patience with what is being stopped. */
  hurry(): void {
    for (const service of this.#services) service.hurry();
  }

  async #startAll(): Promise<string> {
    const { home, host, keysDir } = this.#config;
    prepareHome(home);
    this.#unlock = await lockHome(home);
    await endLeftovers(home, this.#say);
    removeInstance(home);
    const port = await choosePort(this.#config.port, host);
    mkdirSync(keysDir, { recursive: true, mode: 0o700 });

    const stage = this.#stage(openLogs(home), startRecording(home));
    const database = await openDatabase(stage);
    const engine = await openTemporal(stage, () => {
      noteRepair(home);
      void this.#repair?.(); // before the system is ready there is nobody to repair with
    });
    await this.#migrate(stage, database);

    const url = serverUrl(host, port);
    const broker = database.brokerUrl === null ? null : await openBroker(home);
    const env = programEnvironment(this.#config, {
      databaseUrl: database.url, temporalAddress: engine.address, temporalUiUrl: engine.uiUrl, port, registrationToken: broker?.registrationToken ?? null,
    });
    if (engine.hasPast) await this.#rehearse(stage, env);
    if (broker !== null && database.brokerUrl !== null) await this.#startBroker(stage, broker, database.brokerUrl, url);
    for (const name of ['worker', 'server'] as const) {
      const logFile = stage.logFile(name);
      await stage.keep(name, () => startProgram(this.#programs[name], env, logFile));
    }
    this.#publish = () =>
      writeInstance(home, {
        url,
        databaseUrl: database.url,
        databaseOwnerUrl: database.ownerUrl,
        temporalAddress: engine.address,
        temporalNamespace: this.#config.temporal.namespace,
        temporalUiUrl: engine.uiUrl,
        brokerUrl: broker === null ? null : brokerUrl(broker),
        pids: this.#pids,
      });
    this.#publish();
    await untilReady(url, this.#services, (name) => lastWords(stage.logFile(name)), this.#stopping.signal);
    this.#repair = () =>
      repairIfNoted(home, database.url, () => stage.run('repair', this.#programs.repair, env), this.#say, this.#stopping.signal);
    await this.#repair();
    if (broker !== null) this.#registering = this.#register(stage, broker, env);
    return url;
  }

  /** Applications are hosted in the embedded cluster; sign-on is registered at the trial provider, where the project has no other. */
  async #startBroker(stage: Stage, record: BrokerRecord, databaseUrl: string, url: string): Promise<void> {
    const logFile = stage.logFile('broker');
    const issuer = this.#config.oidc.issuer === null ? { issuer: this.#config.publicUrl ?? url, reachedAt: url } : null;
    await stage.keep('broker', () => startProgram(this.#programs.broker, brokerEnvironment(record, databaseUrl, issuer), logFile));
    this.#say(`The reference broker is running on ${brokerUrl(record)}`);
  }

  /** Once for each address, behind the start's back: nobody waits for it. Where changes take two persons it is theirs. */
  async #register(stage: Stage, record: BrokerRecord, env: NodeJS.ProcessEnv): Promise<void> {
    if (record.registeredAs === brokerUrl(record) || this.#config.twoPersons || this.#config.oidc.issuer !== null) return;
    try {
      await stage.run('register', this.#programs.register, env);
      noteRegistered(this.#config.home, record);
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#say(`The reference broker is not registered: ${errorText(error)}`);
    }
  }

  async #migrate(stage: Stage, database: Database): Promise<void> {
    if (database.ownerUrl === null) {
      this.#say('DATABASE_OWNER_URL is not set: migrations are not run');
      return;
    }
    await stage.run('migrate', this.#programs.migrate, migrationEnvironment(this.#config, database.url, database.ownerUrl));
    this.#say('The database is at the schema of this version');
  }

  /** The embedded worker is unversioned: what it would not go on with as it was begun must be known before it polls, not when a case meets it. */
  async #rehearse(stage: Stage, env: NodeJS.ProcessEnv): Promise<void> {
    try {
      await stage.run('rehearse', this.#programs.rehearse, env);
    } catch (error) {
      this.#stopping.signal.throwIfAborted();
      throw new StartupError(`This version would not go on with cases that are under way: none of them was touched. Start the version that ran last, or mend this one (docs/replay.md says how).\n${errorText(error)}`);
    }
    this.#say(`What ran before was rehearsed on the code of this version: ${lastLines(stage.logFile('rehearse'), 1)}`);
  }

  #stage(logFile: Stage['logFile'], record: (name: string, pid: number) => void): Stage {
    return {
      config: this.#config,
      reachTemporal: this.#reachTemporal,
      explainTemporal: this.#explainTemporal,
      say: this.#say,
      logFile,
      keep: async (name, start, onStarted) => {
        this.#stopping.signal.throwIfAborted();
        const noteStart = <Started extends Child>(started: Started): Started => {
          this.#noteStart(name, started.pid, record);
          return started;
        };
        const service = await keepRunning({ name, start: async () => noteStart(await start()), onStarted, say: this.#say });
        this.#services.push(service);
      },
      run: async (name, args, env) => {
        this.#stopping.signal.throwIfAborted();
        const child = await startProgram(args, env, logFile(name));
        record(name, child.pid);
        await untilDone(child, `\`associa ${name}\``, logFile(name), this.#stopping.signal);
      },
    };
  }

  #noteStart(name: ServiceName, pid: number, record: (name: string, pid: number) => void): void {
    record(name, pid);
    this.#pids[name] = pid;
    this.#publish?.();
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort(new Error('stopped while it was starting'));
    await this.#starting?.catch(() => undefined);
    await this.#registering;
    for (const service of this.#services.toReversed()) {
      await service.stop();
      this.#say(`Stopped the ${service.name}`);
    }
    if (this.#publish) removeInstance(this.#config.home);
    this.#unlock?.();
  }
}

function lastWords(logFile: string): string {
  return `log ${logFile}:\n${lastLines(logFile)}`;
}
