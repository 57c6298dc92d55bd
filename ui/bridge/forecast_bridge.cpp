// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/forecast_bridge.h"

#include <utility>

namespace headroom::ui {
namespace {

std::uint64_t numberOf(const ForecastAnswer& answer) {
    return std::visit([](const auto& each) { return each.number; }, answer);
}

} // namespace

ForecastBridge::ForecastBridge(std::unique_ptr<ForecastService> service)
    : mailbox_("forecast",
               [this](const std::vector<Answer>& answers) {
                   for (const Answer& answer : answers)
                       std::visit([this](const auto& each) { deliver(each); }, answer);
               }),
      service_(std::move(service)) {}

ForecastBridge::~ForecastBridge() = default;

void ForecastBridge::request(ForecastRequest request) {
    request.number = requested_ = ++number_;
    request.detail = ForecastDetail::Timeline;
    service_->request(request, [this](const ForecastAnswer& answer) { mailbox_.post(requested(answer)); });
}

/// Copies the forecast on the service's thread, because a timeline is large.
ForecastBridge::Requested ForecastBridge::requested(const ForecastAnswer& answer) {
    if (const auto* forecast = std::get_if<Forecast>(&answer))
        return {forecast->number, std::make_shared<const Forecast>(*forecast), {}};
    const auto& refused = std::get<ForecastRefused>(answer);
    return {refused.number, nullptr, QString::fromStdString(refused.message)};
}

void ForecastBridge::survey(std::vector<ForecastRequest> requests) {
    surveyBegin_ = number_ + 1;
    for (ForecastRequest& request : requests) {
        request.number = ++number_;
        request.detail = ForecastDetail::Totals;
    }
    surveyEnd_ = number_ + 1;
    service_->survey(std::move(requests),
                     [this](const ForecastAnswer& answer) { mailbox_.post(Surveyed{answer}); });
}

void ForecastBridge::fit(ForecastRequest request) {
    request.number = fitRequested_ = ++number_;
    service_->fit(request, [this](std::uint64_t number, const std::vector<Fit>& fits) {
        mailbox_.post(Fits{number, fits});
    });
}

void ForecastBridge::guide(const Card& card) {
    const std::uint64_t number = guideRequested_ = ++number_;
    service_->guide(card, [this, number](const std::vector<GuideFigure>& figures) {
        mailbox_.post(Guide{number, figures});
    });
}

void ForecastBridge::deliver(const Requested& answer) {
    if (answer.number < answered_) // a request has two answers
        return;
    answered_ = answer.number;
    if (answer.forecast)
        Q_EMIT answered(answer.forecast);
    else
        Q_EMIT refused(answer.refusal);
}

void ForecastBridge::deliver(const Surveyed& answer) {
    const std::uint64_t number = numberOf(answer.forecast);
    if (number < surveyBegin_ || number >= surveyEnd_)
        return;
    const auto index = static_cast<std::size_t>(number - surveyBegin_);
    if (const auto* forecast = std::get_if<Forecast>(&answer.forecast))
        Q_EMIT surveyed(index, *forecast);
    else
        Q_EMIT surveyRefused(index);
}

void ForecastBridge::deliver(const Fits& answer) {
    if (answer.number == fitRequested_)
        Q_EMIT fitted(answer.fits);
}

void ForecastBridge::deliver(const Guide& answer) {
    if (answer.number == guideRequested_)
        Q_EMIT guided(answer.figures);
}

} // namespace headroom::ui
