import { Component, type ReactNode } from 'react';
import { t } from '../text';
import { Cross } from './icons';

/** Whatever answers make of a page, the rest stays: what broke is said, and nothing is said to be good. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="problem" role="alert" data-code="page_broke">
        <Cross />
        <div>
          <h2>{t.broke[0]}</h2>
          <p>{t.broke[1]}</p>
        </div>
      </div>
    );
  }
}
