// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/data_wait.h"

#include <fmt/format.h>

#include <utility>

namespace headroom {

void DataWait::add(double waited, double whole) {
    waited_ += waited;
    whole_ += whole;
}

std::optional<std::string> DataWait::finishEpoch(int epoch, const TrainingConfig& training) {
    constexpr double shortest = 30; // seconds
    constexpr double usual = 0.2;
    const double waited = std::exchange(waited_, 0);
    const double whole = std::exchange(whole_, 0);
    if (whole < shortest || waited < usual * whole)
        return std::nullopt;
    const std::string remedy =
        training.numWorkers == 0
            ? "Set training.num_workers to 4, so that songs are read during the steps"
            : fmt::format("Raise training.num_workers, now {}, or keep the songs on a faster disk or as WAV, "
                          "which takes less time to decode",
                          training.numWorkers);
    return fmt::format("epoch {} waited for data for {:.0f} of {:.0f} s, {:.0f} % of its time. {}", epoch,
                       waited, whole, 100 * waited / whole, remedy);
}

} // namespace headroom
