#include "ui/models/step_measurement.h"

#include "ui/models/config_model.h"
#include "ui/models/forecast_model.h"

#include <utility>

namespace headroom::ui {

StepMeasurement::StepMeasurement(std::unique_ptr<MeasureService> service, ForecastModel& forecast)
    : forecast_(forecast), mailbox_("measurement",
                                    [this](const std::vector<MeasureAnswer>& answers) {
                                        for (const MeasureAnswer& answer : answers)
                                            take(answer);
                                    }),
      service_(std::move(service)) {
    connect(&forecast_.config(), &ConfigModel::changed, this, &StepMeasurement::changed);
    connect(&forecast_, &ForecastModel::cardChanged, this, &StepMeasurement::changed);
}

StepMeasurement::~StepMeasurement() = default;

bool StepMeasurement::possible() const {
    return forecast_.cardIsHere() && !deviceTaken_ && !busy();
}

void StepMeasurement::setDeviceTaken(bool taken) {
    if (std::exchange(deviceTaken_, taken) != taken)
        Q_EMIT changed();
}

void StepMeasurement::begin() {
    if (!possible())
        return;
    work_ = ++number_;
    config_ = forecast_.config().config();
    card_ = forecast_.cardIndex();
    measured_.reset();
    problem_.clear();
    service_->measure(work_, config_, forecast_.cardIsProcessor() ? "cpu" : "cuda",
                      [this](const MeasureAnswer& answer) { mailbox_.post(answer); });
    Q_EMIT changed();
}

void StepMeasurement::cancel() {
    if (!busy())
        return;
    service_->cancel(std::exchange(work_, 0));
    Q_EMIT changed();
}

const std::shared_ptr<const MeasuredStep>& StepMeasurement::measured() const {
    static const std::shared_ptr<const MeasuredStep> none;
    return card_ == forecast_.cardIndex() && config_ == forecast_.config().config() ? measured_ : none;
}

void StepMeasurement::take(const MeasureAnswer& answer) {
    if (std::visit([](const auto& one) { return one.number; }, answer) != work_)
        return;
    work_ = 0;
    if (const auto* done = std::get_if<StepMeasured>(&answer))
        measured_ = std::make_shared<const MeasuredStep>(done->step);
    else
        problem_ = QString::fromStdString(std::get<StepNotMeasured>(answer).error.message());
    Q_EMIT changed();
}

} // namespace headroom::ui
