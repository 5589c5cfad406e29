import { describe, expect, it } from 'vitest';
import { adhesion, type Paper } from '../../../../domain/adhesion/index.ts';
import { does, MEMBER, NOW, OPERATOR, later, opened, view, when, TEXT_SHA256 } from '../scenario.ts';

const BODY = { id: 'c_a010-1', body: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425 } as const;
const PAPER: Paper = {
  documents: [{ title: 'Deliberazione C.C. n. 12/2025', protocolNo: '4711/2025' }],
  resolution: { organ: 'COUNCIL', resolutionNo: '12/2025', heldOn: '2025-06-25', textSha256: TEXT_SHA256, immediate: false },
  publication: { noticeBoardNo: '88/2025', firstDay: '2025-07-01' },
  certificate: { executiveOn: '2025-07-12', certifiedOn: '2025-07-14' },
  transmittedAt: '2025-07-15T09:00:00+02:00',
  signature: { office: 'MAYOR', signedAt: '2025-07-21T10:00:00+02:00', form: 'PADES' },
  countersignature: { office: 'METROPOLITAN_MAYOR', signedAt: '2025-07-24T10:00:00+02:00', form: 'PADES' },
  registration: { repertoryNo: '7/2025', protocolNo: '900/2025', registeredOn: '2025-07-28', inForceOn: '2025-09-01' },
};
const importing = (paper: Partial<Paper> = {}) => ({ ...BODY, paper: { ...PAPER, ...paper } });

describe('an adhesion that was concluded on paper', () => {
  it('stands where its papers put it: in force, its term running, referents to be named', () => {
    const after = later(does(adhesion.initial(), 'ImportAdhesion', importing()), NOW);
    const seen = view(after);
    expect(seen).toMatchObject({
      phase: 'IMPLEMENTATION', deliberation: { state: 'ACCEPTED', executivity: 'EXECUTIVE', adoptedOn: '2025-06-25', executiveOn: '2025-07-12' },
      convention: { state: 'IN_FORCE', concludedOn: '2025-07-24', inForceOn: '2025-09-01', endsOn: '2028-08-31' }, lineage: { importedFrom: PAPER.documents },
    });
    expect(seen.waitingFor.map(({ what }) => what)).toContain('AppointReferent');
    expect(seen.timers.map(({ key }) => key).some((key) => key.startsWith('expiry'))).toBe(true);
  });

  it('marks each fact as imported, with its own day and known from now', () => {
    const decision = adhesion.decide(adhesion.initial(), { type: 'ImportAdhesion', data: importing() }, { actor: OPERATOR, now: NOW, commandId: 'x' });
    if (decision.kind === 'refused') throw new Error(decision.code);
    const [first, second, ...facts] = decision.events;
    expect([first?.type, second?.type]).toEqual(['AdhesionOpened', 'AdhesionImported']);
    expect(facts.map((event) => [event.type, 'effectiveOn' in event ? event.effectiveOn : undefined])).toEqual([
      ['ResolutionAdopted', '2025-06-25'], ['PublicationRecorded', '2025-07-01'], ['ExecutivityRipened', '2025-07-12'], ['ExecutivityCertified', '2025-07-14'],
      ['ResolutionTransmitted', '2025-07-15'], ['ResolutionAccepted', undefined], ['ConventionSigned', '2025-07-21'], ['ConventionCountersigned', '2025-07-24'],
      ['ConventionRegistered', '2025-07-28'], ['ConventionEnteredIntoForce', '2025-09-01'],
    ]);
    expect(facts.every(({ data }) => 'origin' in data && JSON.stringify(data.origin) === '{"kind":"IMPORTED"}' && 'at' in data && data.at === NOW)).toBe(true);
  });

  it.each<[string, Partial<Paper>, string, string]>([
    ['published before it was adopted', { publication: { noticeBoardNo: '88/2025', firstDay: '2025-06-20' } }, 'DATE_BEFORE_GROUND', 'publication.firstDay'],
    ['signed before it was executive', { signature: { ...PAPER.signature, signedAt: '2025-07-05T10:00:00+02:00' } }, 'SIGNED_TOO_EARLY', 'signature.signedAt'],
    ['signed by the Agency first', { countersignature: { ...PAPER.countersignature, signedAt: '2025-07-20T10:00:00+02:00' } }, 'DATE_BEFORE_GROUND', 'countersignature.signedAt'],
    ['registered before it was concluded', { registration: { ...PAPER.registration, registeredOn: '2025-07-01' } }, 'DATE_BEFORE_GROUND', 'registration.registeredOn'],
    ['resolved in the future', { resolution: { ...PAPER.resolution, heldOn: '2027-06-25' } }, 'FACT_IN_FUTURE', 'resolution.heldOn'],
    ['signed for the comune by the Agency', { signature: { ...PAPER.signature, office: 'AGENCY_DIRECTOR' } }, 'WRONG_OFFICE', 'signature.office'],
  ])('%s is refused, and nothing begins', (_what, paper, code, path) => {
    when(adhesion.initial(), 'ImportAdhesion', importing(paper), { actor: OPERATOR }).refused(code, path);
  });

  it('is imported by an operator, once', () => {
    when(adhesion.initial(), 'ImportAdhesion', importing(), { actor: MEMBER }).refused('FORBIDDEN');
    when(opened(), 'ImportAdhesion', importing(), { actor: OPERATOR }).refused('ALREADY_OPEN');
  });
});
