import { accepts, appointed, bodyNo, budget, conference, constituted, Path, published, received, report, resolved, start, tell } from './scenario.ts';

/** What a company alone is asked for: the random runs know of none. */
export const COMPANY = new Path().at('2026-05-20', start({ agencyLegalForm: 'IN_HOUSE_COMPANY', threshold: { minMembers: 1, minPopulation: 1 } }))
  .at('2026-06-20', tell(1, { adoptedOn: '2026-06-01', form: 'IN_HOUSE_COMPANY' }), resolved('2026-06-19', true))
  .at('2026-06-25', { type: 'SubmitToAuthority', data: { authority: 'COURT_OF_AUDITORS', protocolNo: '1', sentOn: '2026-06-22' } });

/** The whole path, with a comune that got the acts late and one that the assembly took in: the random runs seldom come so far. */
export const WHOLE = new Path().at('2026-05-20', start({ threshold: { minMembers: 1, minPopulation: 1 } })).at('2026-05-21', conference).at('2026-05-30', ...received(1, 131))
  .at('2026-06-10', tell(132, { receivedOn: '2026-06-09', version: 5 }), tell(133, { receivedOn: '2026-06-09', version: 5 })).at('2026-06-30', tell(1, { adoptedOn: '2026-06-10' }))
  .at('2026-10-20', resolved('2026-10-15'), published('2026-10-16')).at('2026-11-10', constituted('2026-11-09')).at('2026-11-20', tell(2, { adoptedOn: '2026-11-01' }))
  .at('2026-11-25', { type: 'AdmitLateMember', data: { body: bodyNo(2), assemblyActNo: '1', on: '2026-11-24' } })
  .at('2026-12-15', appointed('BOARD_OF_DIRECTORS', '2026-12-10'), appointed('AUDITOR', '2026-12-10'), accepts('BOARD_OF_DIRECTORS', '2026-12-11'), accepts('AUDITOR', '2026-12-14'))
  .at('2027-01-31', budget('2027-01-20'), report('2027-01-31'));
