// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/rank_box.h"

#include "ui/memory/forecast_model.h"
#include "ui/theme/typography.h"

#include <QSignalBlocker>

#include <algorithm>

namespace headroom::ui {

RankBox::RankBox(ForecastModel& forecast, QWidget* parent)
    : NumberBox(1, ForecastModel::maxRanks, /*whole=*/true, parent), forecast_(forecast) {
    setAccessibleName(tr("Ranks"));
    connect(this, &QDoubleSpinBox::valueChanged, this,
            [this](double ranks) { forecast_.setRanks(static_cast<int>(ranks)); });
    connect(&forecast, &ForecastModel::cardChanged, this, &RankBox::read);
    read();
}

void RankBox::read() {
    const QSignalBlocker quiet(this);
    const bool follows = forecast_.followsRun();
    const int ranks = forecast_.ranks();
    const int most = std::max(ranks, forecast_.mostRanks());
    setMaximum(most);
    setValue(ranks);
    setSuffix(ranks == 1 ? tr(" rank") : tr(" ranks"));
    setEnabled(!follows);
    setVisible(most > 1);
    setToolTip(follows
                   ? tr("The ranks of the run")
                   : tr("Ranks: processes that train the run together, each on a card of its own. They share "
                        "the accumulation steps of an update, so that it stays the same."));
}

/// Narrower than other numbers, which may have many digits.
QSize RankBox::sizeHint() const {
    const QString longest = QString::number(ForecastModel::maxRanks) + suffix();
    return {fontMetrics().horizontalAdvance(longest) + em(2), NumberBox::sizeHint().height()};
}

} // namespace headroom::ui
