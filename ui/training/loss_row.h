// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/training/plot_row.h"

#include <QCoreApplication>

namespace headroom::ui {

/// The loss of every step, drawn faint, and its moving average.
class LossRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(LossRow)

public:
    explicit LossRow(QCustomPlot& plot);
    QString title() const override { return tr("Loss"); }
    double weight() const override { return 1.25; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    Band raw_;
    QCPGraph* smooth_;
    std::vector<double> averages_; ///< by bucket of the series
};

} // namespace headroom::ui
