// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/number_box.h"

namespace headroom::ui {

class ForecastModel;

/// Selects the number of ranks of the run, each on a card like that of the forecast. Hidden where there can
/// be only one. GUI thread.
class RankBox : public NumberBox {
    Q_OBJECT

public:
    explicit RankBox(ForecastModel& forecast, QWidget* parent = nullptr);

    QSize sizeHint() const override;

private:
    void read();

    ForecastModel& forecast_;
};

} // namespace headroom::ui
