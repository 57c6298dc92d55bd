#pragma once

#include "ui/training/plot_row.h"

#include <QCoreApplication>

#include <array>

namespace headroom::ui {

/// What a step's time is made of, one upon the other.
class TimeRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(TimeRow)

public:
    explicit TimeRow(QCustomPlot& plot);
    QString title() const override { return tr("Time of a step"); }
    double weight() const override { return 0.8; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    static constexpr std::size_t shares = 4;
    std::array<AreaGraph*, shares> tops_; ///< the lowest first
};

} // namespace headroom::ui
