// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/step_profiling.h"

#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"

#include <utility>

namespace headroom::ui {

StepProfiling::StepProfiling(std::unique_ptr<ProfileService> service, ForecastModel& forecast)
    : forecast_(forecast), mailbox_("measurement",
                                    [this](const std::vector<ProfileAnswer>& answers) {
                                        for (const ProfileAnswer& answer : answers)
                                            receive(answer);
                                    }),
      service_(std::move(service)) {
    connect(&forecast_.config(), &ConfigModel::changed, this, &StepProfiling::changed);
    connect(&forecast_, &ForecastModel::cardChanged, this, &StepProfiling::changed);
}

StepProfiling::~StepProfiling() = default;

bool StepProfiling::possible() const {
    return forecast_.isLocalCard() && !deviceTaken_ && !busy();
}

void StepProfiling::setDeviceTaken(bool taken) {
    if (std::exchange(deviceTaken_, taken) != taken)
        Q_EMIT changed();
}

void StepProfiling::begin() {
    if (!possible())
        return;
    request_ = ++number_;
    config_ = forecast_.config().config();
    card_ = forecast_.cardIndex();
    profile_.reset();
    problem_.clear();
    service_->measure(request_, config_, forecast_.card().device,
                      [this](const ProfileAnswer& answer) { mailbox_.post(answer); });
    Q_EMIT changed();
}

void StepProfiling::cancel() {
    if (!busy())
        return;
    service_->cancel(std::exchange(request_, 0));
    Q_EMIT changed();
}

const std::shared_ptr<const StepProfile>& StepProfiling::profile() const {
    static const std::shared_ptr<const StepProfile> none;
    return card_ == forecast_.cardIndex() && config_ == forecast_.config().config() ? profile_ : none;
}

void StepProfiling::receive(const ProfileAnswer& answer) {
    if (std::visit([](const auto& one) { return one.number; }, answer) != request_)
        return;
    request_ = 0;
    if (const auto* done = std::get_if<StepProfiled>(&answer))
        profile_ = std::make_shared<const StepProfile>(done->step);
    else
        problem_ = QString::fromStdString(std::get<StepNotProfiled>(answer).error.message());
    Q_EMIT changed();
}

} // namespace headroom::ui
