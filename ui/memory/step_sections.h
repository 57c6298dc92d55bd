#pragma once

#include "core/values/forecast.h"
#include "core/values/step_profile.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

/// The parts of a step's timeline, by which it is read and by which a measured step is laid over it.
namespace headroom::ui {

/// A micro-step: forward and backward of a micro-batch, and of the last the update as well.
struct StepSection {
    QString title;
    std::int64_t begin = 0; ///< event of the forecast's timeline, half open
    std::int64_t end = 0;
};

/// A stretch of one phase: a step of two micro-batches has two of "forward".
struct StepPhase {
    std::string phase;
    std::int64_t begin = 0; ///< event of the forecast's timeline, half open
    std::int64_t end = 0;
};
std::vector<StepPhase> phasesOf(const Forecast& forecast);

/// The whole step, and its micro-steps where there are several; empty where there is no timeline.
std::vector<StepSection> sectionsOf(const Forecast& forecast);

/// The place of each measured point on the forecast's timeline. Phases that both have one after the other
/// begin and end at the same place; where they differ the whole step does.
std::vector<double> placesOn(const Forecast& forecast, const StepProfile& measured);
/// The same for the points of another setting's timeline.
std::vector<double> placesOn(const Forecast& forecast, const Forecast& other);

} // namespace headroom::ui
