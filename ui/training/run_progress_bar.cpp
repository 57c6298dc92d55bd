// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/run_progress_bar.h"

#include "ui/runs/run_model.h"
#include "ui/runs/run_text.h"
#include "ui/theme/typography.h"
#include "ui/widgets/fraction_bar.h"
#include "ui/widgets/steady_label.h"

#include <QHBoxLayout>

namespace headroom::ui {

RunProgressBar::RunProgressBar(RunModel& run, QWidget* parent)
    : QWidget(parent), run_(run), label_(new SteadyLabel), bar_(new FractionBar) {
    constexpr int paceMs = 250;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(label_);
    row->addWidget(bar_, 100); // the bar grows before the stretch does
    label_->setProperty("second", true);
    label_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    bar_->setMinimumWidth(em(5));
    bar_->setMaximumWidth(em(14));
    bar_->setAccessibleName(tr("Progress of the run"));
    pace_.setSingleShot(true);
    pace_.setInterval(paceMs);
    connect(&pace_, &QTimer::timeout, this, &RunProgressBar::refresh);
    connect(&run_, &RunModel::historyChanged, this, [this] {
        if (!pace_.isActive())
            pace_.start();
    });
    connect(&run_, &RunModel::historyReplaced, this, &RunProgressBar::refresh);
    connect(&run_, &RunModel::stateChanged, this, &RunProgressBar::refresh);
    refresh();
}

void RunProgressBar::refresh() {
    const auto& started = run_.history().started();
    const bool known = started && started->totalSteps > 0;
    label_->setVisible(known);
    bar_->setVisible(known);
    if (!known)
        return;
    bar_->setFraction(static_cast<double>(run_.history().step()) / static_cast<double>(started->totalSteps));
    label_->showText(runStateText(run_));
}

} // namespace headroom::ui
