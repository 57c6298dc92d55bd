// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/expected_step_time.h"

#include "core/engine/calibration_store.h"
#include "core/forecast/forecaster.h"
#include "core/model/compute_device.h"

#include <exception>

namespace headroom {

std::optional<StepTime> expectedStepTime(const RunConfig& config, const std::string& device) {
    try {
        ForecastRequest request{
            .config = config, .card = cardOf(c10::Device(device)), .detail = ForecastDetail::Totals};
        request.config.audio.segmentShortening = 0;
        Forecast expected = forecast(request);
        CalibrationStore().addTo(expected, request);
        return expected.time;
    } catch (const std::exception&) { // a run does not fail because its time is unknown
        return std::nullopt;
    }
}

} // namespace headroom
