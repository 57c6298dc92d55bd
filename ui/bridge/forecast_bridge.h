// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/forecast_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <vector>

namespace headroom::ui {

/// A forecast service for the GUI thread. Numbers the requests and drops answers that are older than the last
/// one emitted. While a slider moves, every newer answer is emitted, so that the forecast follows it. The
/// destructor joins. GUI thread.
class ForecastBridge : public QObject {
    Q_OBJECT

public:
    explicit ForecastBridge(std::unique_ptr<ForecastService> service);
    ~ForecastBridge() override;

    std::vector<Card> cards() const { return service_->cards(); }
    std::string noUsableCard() const { return service_->noUsableCard(); }

    // ForecastRequest::number is assigned here.
    void request(ForecastRequest request);
    void survey(std::vector<ForecastRequest> requests);
    void fit(ForecastRequest request);
    void guide(const Card& card);
    /// Whether the newest request() has no answer yet.
    bool waiting() const { return answered_ < requested_; }

Q_SIGNALS:
    void answered(const std::shared_ptr<const headroom::Forecast>& forecast);
    void refused(const QString& message);
    /// @param index of the request in the newest survey()
    void surveyed(std::size_t index, const headroom::Forecast& totals);
    /// No model can be built from this configuration of the newest survey().
    void surveyRefused(std::size_t index);
    void fitted(const std::vector<headroom::Fit>& fits);
    /// The answer to the newest guide().
    void guided(const std::vector<headroom::GuideFigure>& figures);

private:
    struct Fits {
        std::uint64_t number;
        std::vector<Fit> fits;
    };
    struct Guide {
        std::uint64_t number;
        std::vector<GuideFigure> figures;
    };
    struct Surveyed {
        ForecastAnswer forecast;
    };
    struct Requested {
        std::uint64_t number;
        std::shared_ptr<const Forecast> forecast; ///< null: refused
        QString refusal;
    };
    using Answer = std::variant<Requested, Surveyed, Fits, Guide>;

    static Requested requested(const ForecastAnswer& answer); ///< any thread
    void deliver(const Requested& answer);
    void deliver(const Surveyed& answer);
    void deliver(const Fits& answer);
    void deliver(const Guide& answer);

    std::uint64_t number_ = 0;    ///< the last one assigned
    std::uint64_t requested_ = 0; ///< of the newest request()
    std::uint64_t answered_ = 0;  ///< of the newest answer emitted
    std::uint64_t surveyBegin_ = 0;
    std::uint64_t surveyEnd_ = 0;
    std::uint64_t fitRequested_ = 0;
    std::uint64_t guideRequested_ = 0;
    Mailbox<Answer> mailbox_;
    std::unique_ptr<ForecastService> service_; ///< destroyed before the mailbox that it posts to
};

} // namespace headroom::ui
