import type { FastifyInstance } from 'fastify';
import { notFound } from './errors.ts';
import type { Ledger } from './ledger.ts';
import { InstanceId, parse } from './wire.ts';

/** The page of an instance at its `dashboard_url`, behind the same user name and password: what it is, and how many bindings it has. */
export function dashboardRoute(app: FastifyInstance, ledger: Ledger): void {
  app.get('/dashboard/:instance', { exposeHeadRoute: false }, async (request, reply) => {
    const { instance: id } = parse(InstanceId, request.params);
    const [instance, bindings] = await ledger.on(id, async (view) => [await view.instance(), await view.bindings()] as const);
    if (instance === null) throw notFound('service instance');
    const rows = { Instance: id, Service: instance.serviceId, Plan: instance.planId, State: instance.state, Bindings: String(bindings.length) };
    const table = Object.entries(rows).map(([name, value]) => `<tr><th scope="row">${name}</th><td>${escaped(value)}</td></tr>`).join('');
    return reply.type('text/html; charset=utf-8').header('Content-Security-Policy', "default-src 'none'").header('Cache-Control', 'no-store')
      .send(`<!doctype html><html lang="en"><title>Service instance</title><h1>Service instance</h1><table>${table}</table></html>`);
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
