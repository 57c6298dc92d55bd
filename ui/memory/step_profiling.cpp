#include "ui/memory/step_profiling.h"

#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"

#include <utility>

namespace headroom::ui {

StepProfiling::StepProfiling(std::unique_ptr<ProfileService> service, ForecastModel& forecast)
    : forecast_(forecast), mailbox_("measurement",
                                    [this](const std::vector<ProfileAnswer>& answers) {
                                        for (const ProfileAnswer& answer : answers)
                                            take(answer);
                                    }),
      service_(std::move(service)) {
    connect(&forecast_.config(), &ConfigModel::changed, this, &StepProfiling::changed);
    connect(&forecast_, &ForecastModel::cardChanged, this, &StepProfiling::changed);
}

StepProfiling::~StepProfiling() = default;

bool StepProfiling::possible() const {
    return forecast_.cardIsHere() && !deviceTaken_ && !busy();
}

void StepProfiling::setDeviceTaken(bool taken) {
    if (std::exchange(deviceTaken_, taken) != taken)
        Q_EMIT changed();
}

void StepProfiling::begin() {
    if (!possible())
        return;
    work_ = ++number_;
    config_ = forecast_.config().config();
    card_ = forecast_.cardIndex();
    measured_.reset();
    problem_.clear();
    service_->measure(work_, config_, forecast_.cardIsProcessor() ? "cpu" : "cuda",
                      [this](const ProfileAnswer& answer) { mailbox_.post(answer); });
    Q_EMIT changed();
}

void StepProfiling::cancel() {
    if (!busy())
        return;
    service_->cancel(std::exchange(work_, 0));
    Q_EMIT changed();
}

const std::shared_ptr<const StepProfile>& StepProfiling::measured() const {
    static const std::shared_ptr<const StepProfile> none;
    return card_ == forecast_.cardIndex() && config_ == forecast_.config().config() ? measured_ : none;
}

void StepProfiling::take(const ProfileAnswer& answer) {
    if (std::visit([](const auto& one) { return one.number; }, answer) != work_)
        return;
    work_ = 0;
    if (const auto* done = std::get_if<StepProfiled>(&answer))
        measured_ = std::make_shared<const StepProfile>(done->step);
    else
        problem_ = QString::fromStdString(std::get<StepNotProfiled>(answer).error.message());
    Q_EMIT changed();
}

} // namespace headroom::ui
