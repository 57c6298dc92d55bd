// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/run_diagnosis.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace headroom::ui {
namespace {

class Diagnosis {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)

public:
    static QString of(double waiting, double forward, double backward, double update) {
        const double total = waiting + forward + backward + update;
        const auto share = std::lround(100 * waiting / total);
        constexpr int slow = 10;
        constexpr int bad = 30;
        if (share >= bad)
            return tr("%1 % of the step waits for data: the loader cannot keep up. More loader workers, or a "
                      "faster disk, would help.")
                .arg(share);
        if (share >= slow)
            return tr("%1 % of the step waits for data.").arg(share);
        const auto updating = std::lround(100 * update / total);
        if (updating >= bad)
            return tr("The loader keeps up. %1 % of the step is the optimizer's update: more accumulation "
                      "means fewer of them.")
                .arg(updating);
        return tr("The loader keeps up: %1 % of the step waits for data. Forward takes %2 %, backward %3 %.")
            .arg(share)
            .arg(std::lround(100 * forward / total))
            .arg(std::lround(100 * backward / total));
    }
};

} // namespace

QString runDiagnosis(const RunHistory& history) {
    constexpr std::size_t lately = 50;
    const BucketedSeries& steps = history.steps();
    const std::size_t first = steps.buckets() > lately ? steps.buckets() - lately : 0;
    std::array<double, RunHistory::stepChannels> sums{};
    for (std::size_t i = first; i < steps.buckets(); ++i) {
        for (std::size_t channel = 0; channel < sums.size(); ++channel)
            sums[channel] += steps.at(channel, i).sum;
    }
    const double waiting = sums[RunHistory::DataSeconds];
    const double forward = sums[RunHistory::ForwardSeconds];
    const double backward = sums[RunHistory::BackwardSeconds];
    const double update = sums[RunHistory::UpdateSeconds];
    if (waiting + forward + backward + update <= 0)
        return {};
    return Diagnosis::of(waiting, forward, backward, update);
}

} // namespace headroom::ui
