// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"
#include "core/view/stop_forecast.h"

#include <QObject>

#include <cstddef>
#include <vector>

namespace headroom::ui {

class ConfigModel;
class ForecastModel;

/// The values of each option with which the configuration would fit the card. Found in the background by
/// forecasts of a few values, then by bisecting the gaps in which the verdict changes. Starts over if
/// another option changes. GUI thread.
class FitZones : public QObject {
    Q_OBJECT

public:
    FitZones(ForecastModel& forecast, const ConfigModel& config);

    /// By candidate (see optionCandidates()). Values between two forecasts with the same verdict are assumed
    /// to share it. The entry of the current value is always the current forecast. Empty while nothing is
    /// known.
    StopForecasts zones(const Option& option) const;
    /// Whether zones() belongs to the current configuration and card; if not, to an earlier one.
    bool fresh(const Option& option) const;

    /// Whether forecasts are pending.
    bool busy() const { return answers_ < questions_.size(); }

Q_SIGNALS:
    /// zones() or fresh() of an option changed.
    void changed(const headroom::Option* option);

private:
    /// What is known about one option.
    struct Zone {
        const Option* option = nullptr;
        RunConfig base = {}; ///< see withoutOption()
        std::vector<OptionValue> candidates = {};
        std::vector<bool> asked = {};
        StopForecasts known = {}; ///< forecasts received so far
        StopForecasts shown = {}; ///< the previous zones until `base` has been forecast
        bool answered = false;    ///< `shown` belongs to `base`
        bool fresh = false;       ///< and `base` to the current configuration
        StopForecasts emittedZones = {};
        bool emittedFresh = false;
    };
    struct Question {
        std::size_t zone;
        std::size_t candidate;
    };

    void restart();
    void invalidate();
    void updateFreshness();
    void emitChanges();
    const Zone* find(const Option& option) const;
    StopForecasts withCurrentValue(const Zone& zone) const;
    void askMissing();
    std::vector<std::size_t> missing(const Zone& zone) const;
    void addAnswer(std::size_t index, const std::optional<StopForecast>& answer);
    RunConfig withoutOption(const Option& option) const;

    ForecastModel& forecast_;
    const ConfigModel& config_;
    std::vector<Zone> zones_;
    std::vector<Question> questions_; ///< of the current survey
    std::size_t answers_ = 0;
};

} // namespace headroom::ui
