import { t } from '../text';
import { REGISTERS } from '../verify/policy';

/** What each register stands for, and what changes it. */
export default function Registers() {
  return (
    <>
      <p className="lead">{t.registers.help}</p>
      <section aria-labelledby="extend" className="card">
        <h2 id="extend">{t.registers.extend}</h2>
        <p>{t.registers.extendText}</p>
        <p>
          <code className="formula">RTMR ← SHA-384(RTMR ‖ digest)</code>
        </p>
      </section>
      <div className="explained">
        {REGISTERS.map((name) => {
          const entry = t.registers.entries[name];
          return (
            <section key={name} id={name} className="card" aria-labelledby={`${name}-name`}>
              <h2 id={`${name}-name`}>
                {entry.name} <span className="help">{entry.short}</span>
              </h2>
              <dl className="facts">
                <div>
                  <dt>{t.registers.onNode}</dt>
                  <dd>{entry.node}</dd>
                </div>
                <div>
                  <dt>{t.registers.onKms}</dt>
                  <dd>{entry.kms}</dd>
                </div>
                <div>
                  <dt>{t.registers.changes}</dt>
                  <dd>{entry.changes}</dd>
                </div>
              </dl>
            </section>
          );
        })}
      </div>
      <section aria-labelledby="alone" className="card">
        <h2 id="alone">{t.registers.alone}</h2>
        <p>{t.registers.aloneText}</p>
      </section>
    </>
  );
}
