#pragma once

#include "core/config/option.h"
#include "core/view/stop_forecast.h"

#include <QObject>

#include <cstddef>
#include <vector>

namespace headroom::ui {

class ConfigModel;
class ForecastModel;

/// Where each knob would fit the card, all else as it is: found in the background by forecasts at few values,
/// then at those between which the verdict changes. It starts over where something other than the knob itself
/// changed. GUI thread.
class FitZones : public QObject {
    Q_OBJECT

public:
    FitZones(ForecastModel& forecast, const ConfigModel& config);

    /// By candidate (see optionCandidates()), where all values between two with the same verdict are taken to
    /// have it too; empty while nothing is known. That of the present value is always the forecast of the
    /// bar.
    StopForecasts zones(const Option& option) const;
    /// Whether they are of the setting and the card as they are; else of those before.
    bool fresh(const Option& option) const;

    /// Whether answers are still awaited.
    bool busy() const { return answers_ < questions_.size(); }

Q_SIGNALS:
    /// zones() or fresh() of a knob are others.
    void changed(const headroom::Option* option);

private:
    /// What is known of one knob.
    struct Zone {
        const Option* option = nullptr;
        RunConfig base = {}; ///< the setting with this knob taken out
        std::vector<OptionValue> candidates = {};
        std::vector<bool> asked = {};
        StopForecasts known = {}; ///< as answered
        StopForecasts shown = {}; ///< until the first answers: what was shown before
        bool answered = false;    ///< `shown` is of `base`
        bool fresh = false;       ///< and `base` is that of the setting
        StopForecasts toldZones = {};
        bool toldFresh = false;
    };
    struct Question {
        std::size_t zone;
        std::size_t candidate;
    };

    void begin();
    void forget();
    void readSetting();
    void tell();
    const Zone* find(const Option& option) const;
    StopForecasts withPresent(const Zone& zone) const;
    void ask();
    std::vector<std::size_t> missing(const Zone& zone) const;
    void take(std::size_t index, const std::optional<StopForecast>& answer);
    RunConfig without(const Option& option) const;

    ForecastModel& forecast_;
    const ConfigModel& config_;
    std::vector<Zone> zones_;
    std::vector<Question> questions_; ///< of the survey under way
    std::size_t answers_ = 0;
};

} // namespace headroom::ui
