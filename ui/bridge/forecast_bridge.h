#pragma once

#include "core/session/forecast_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <vector>

namespace headroom::ui {

/// A forecast service for the GUI thread: requests are numbered here, and answers that a newer one has
/// overtaken are dropped. While a slider moves, each answer that is newer than the last is told, so that the
/// forecast follows. Destruction joins. GUI thread.
class ForecastBridge : public QObject {
    Q_OBJECT

public:
    explicit ForecastBridge(std::unique_ptr<ForecastService> service);
    ~ForecastBridge() override;

    std::vector<Card> cards() const { return service_->cards(); }
    std::string noUsableCard() const { return service_->noUsableCard(); }

    // The number that each request carries is given here.
    void request(ForecastRequest request);
    void survey(std::vector<ForecastRequest> requests);
    void fit(ForecastRequest request);
    void guide(const Card& card);
    /// Whether the newest request is still without answer.
    bool waiting() const { return answered_ < requested_; }

Q_SIGNALS:
    void answered(const std::shared_ptr<const headroom::Forecast>& forecast);
    void refused(const QString& message);
    /// @param index of the request in the newest survey()
    void surveyed(std::size_t index, const headroom::Forecast& totals);
    /// A setting of the newest survey() that no model can have.
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
        ForecastAnswer answer;
    };
    struct Requested {
        std::uint64_t number;
        std::shared_ptr<const Forecast> forecast; ///< null: refused
        QString refusal;
    };
    using Letter = std::variant<Requested, Surveyed, Fits, Guide>;

    static Requested requested(const ForecastAnswer& answer); ///< any thread
    void open(const Requested& letter);
    void open(const Surveyed& letter);
    void open(const Fits& letter);
    void open(const Guide& letter);

    std::uint64_t number_ = 0;    ///< the last one given
    std::uint64_t requested_ = 0; ///< of the newest request()
    std::uint64_t answered_ = 0;  ///< of the newest answer told
    std::uint64_t surveyBegin_ = 0;
    std::uint64_t surveyEnd_ = 0;
    std::uint64_t fitRequested_ = 0;
    std::uint64_t guideRequested_ = 0;
    Mailbox<Letter> mailbox_;
    std::unique_ptr<ForecastService> service_; ///< goes before the mailbox that it posts to
};

} // namespace headroom::ui
