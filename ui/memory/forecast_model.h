#pragma once

#include "core/values/forecast.h"
#include "ui/bridge/forecast_bridge.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom::ui {

class ConfigModel;

/// What the setting takes of the chosen card: the forecast follows every change of the setting; the ways to
/// make it fit are looked for when the setting rests. GUI thread.
class ForecastModel : public QObject {
    Q_OBJECT

public:
    ForecastModel(std::unique_ptr<ForecastService> service, ConfigModel& config);

    ForecastBridge& bridge() { return bridge_; }
    const ConfigModel& config() const { return config_; }

    /// This machine's own cards, its processor, and then cards that people own.
    const std::vector<Card>& cards() const { return cards_; }
    /// Why none of this machine's own cards can train; empty where one can.
    const QString& noUsableCard() const { return noUsableCard_; }
    /// How many of them are this machine's own.
    int ownCards() const { return ownCards_; }
    /// The card that is judged: the chosen one, or that of the run that is under way.
    int cardIndex() const { return runCard_.value_or(chosenCard_); }
    const Card& card() const { return cards_[static_cast<std::size_t>(cardIndex())]; }
    int chosenCard() const { return chosenCard_; }
    void setCard(int index);
    /// While a run is under way its device is judged. @param device "cpu", "cuda:0"; empty: no run
    void judgeRunOn(const std::string& device);
    bool judgesRun() const { return runCard_.has_value(); }
    /// Whether the chosen device is in this machine, the processor included.
    bool cardIsHere() const { return cardIndex() <= ownCards_; }
    bool cardIsProcessor() const { return cardIndex() == ownCards_; }

    /// What other programs hold of the card, bytes: measured, or else assumed.
    std::int64_t others() const { return measuredOthers_.value_or(cardIsProcessor() ? 0 : assumedOthers_); }
    bool othersMeasured() const { return measuredOthers_.has_value(); }
    /// For cards on which nothing was measured.
    std::int64_t assumedOthers() const { return assumedOthers_; }
    void assumeOthers(std::int64_t bytes);
    /// Of the chosen card, by a run on it; forgotten when another is chosen.
    void measureOthers(std::int64_t bytes);

    /// A request for any setting on the chosen card.
    ForecastRequest requestFor(const RunConfig& config) const;

    /// The newest answer; null before the first. It stays while a newer one is worked out.
    const std::shared_ptr<const Forecast>& forecast() const { return forecast_; }
    /// Why the setting has no forecast; empty where it has one.
    const QString& problem() const { return problem_; }
    /// Whether forecast() is not yet that of the setting as it is.
    bool updating() const { return bridge_.waiting(); }
    /// Ways to fit, the cheapest first of those that fit with room to spare, then those that are tight; empty
    /// while unknown, and where there is none.
    const std::vector<Fit>& fits() const { return fits_; }

Q_SIGNALS:
    /// forecast(), problem() or updating() changed.
    void changed();
    void fitsChanged();
    /// card() or others() changed.
    void cardChanged();
    /// The setting and the card are as they are for a moment now.
    void settled();

private:
    void onCard();
    void ask();
    void settle();

    ConfigModel& config_;
    ForecastBridge bridge_;
    std::vector<Card> cards_;
    QString noUsableCard_;
    int ownCards_ = 0;
    int chosenCard_ = 0;
    std::optional<int> runCard_; ///< of the run under way
    std::int64_t assumedOthers_;
    std::optional<std::int64_t> measuredOthers_;
    std::shared_ptr<const Forecast> forecast_;
    QString problem_;
    std::vector<Fit> fits_;
    QTimer rest_; ///< until the setting counts as settled
};

} // namespace headroom::ui
