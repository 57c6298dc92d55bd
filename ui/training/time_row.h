// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/training/plot_row.h"

#include <QCoreApplication>

#include <array>

namespace headroom::ui {

/// The time of a step, stacked by phase.
class TimeRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(TimeRow)

public:
    explicit TimeRow(QCustomPlot& plot);
    QString title() const override { return tr("Step time"); }
    double weight() const override { return 0.8; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    static constexpr std::size_t shares = 4;
    std::array<AreaGraph*, shares> tops_; ///< bottom of the stack first
};

} // namespace headroom::ui
