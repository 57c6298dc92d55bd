// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

/// The forecast of the configuration on the chosen card. It follows every change of the configuration;
/// changes that make it fit are searched when the configuration has settled. GUI thread.
class ForecastModel : public QObject {
    Q_OBJECT

public:
    ForecastModel(std::unique_ptr<ForecastService> service, ConfigModel& config);

    ForecastBridge& bridge() { return bridge_; }
    const ConfigModel& config() const { return config_; }

    /// The cards of this machine, its CPU, well-known cards, then that of setOtherCapacity(), if any.
    const std::vector<Card>& cards() const { return cards_; }
    /// Why no card of this machine can train; empty if one can.
    const QString& noUsableCard() const { return noUsableCard_; }
    /// Number of cards of this machine, at the start of cards().
    int localCards() const { return localCards_; }
    /// The card of the forecast: that of the current run, or else the chosen one.
    int cardIndex() const { return runCard_.value_or(chosenCard_); }
    const Card& card() const { return cards_[static_cast<std::size_t>(cardIndex())]; }
    int chosenCard() const { return chosenCard_; }
    void setCard(int index);
    /// Chooses a card that is like card(), but has this capacity, in bytes. It is the last of cards().
    void setOtherCapacity(std::int64_t bytes);
    /// Whether a card of cards() is that of setOtherCapacity().
    bool isOtherCard(int index) const { return index == otherCard_; }
    /// Selects the device and the ranks of the current run for the forecast.
    /// @param device "cpu", "cuda:0"; empty: no run
    void setRunDevice(const std::string& device, int ranks = 1);
    /// Whether card() is the device of the current run.
    bool followsRun() const { return runCard_.has_value(); }
    /// Whether card() is in this machine; also true for its CPU.
    bool isLocalCard() const { return cardIndex() <= localCards_; }
    bool isCpuChosen() const { return cardIndex() == localCards_; }

    /// Where a run of this window trains: on the chosen card if it is in this machine, else "auto". Several
    /// ranks are on a card each: "cuda".
    std::string trainingDevice() const;

    /// Ranks of the forecast, which is of one of them: those of the current run, or else trainingRanks().
    int ranks() const { return runCard_ ? runRanks_ : trainingRanks(); }
    /// Ranks that a run of this window starts: the chosen ones, at most mostRanks().
    int trainingRanks() const;
    void setRanks(int ranks);
    /// The most ranks that can be chosen: one for each card of this machine if the chosen card is one of
    /// them.
    int mostRanks() const;
    static constexpr int maxRanks = 64;

    /// Bytes that other programs hold on the card: measured if possible, or else assumed.
    std::int64_t others() const { return measuredOthers_.value_or(isCpuChosen() ? 0 : assumedOthers_); }
    bool othersMeasured() const { return measuredOthers_.has_value(); }
    /// Assumed for cards without a measurement.
    std::int64_t assumedOthers() const { return assumedOthers_; }
    void setAssumedOthers(std::int64_t bytes);
    /// A measurement on the current card; discarded when the card changes.
    void setMeasuredOthers(std::int64_t bytes);

    /// A request for a configuration on the current card.
    ForecastRequest requestFor(const RunConfig& config) const;

    /// The newest forecast; null before the first. It stays while a newer one is computed.
    const std::shared_ptr<const Forecast>& forecast() const { return forecast_; }
    /// Why the configuration has no forecast; empty if it has one.
    const QString& problem() const { return problem_; }
    /// Whether a newer forecast is being computed.
    bool updating() const { return bridge_.waiting(); }
    /// Changes that make the configuration fit: first those with the verdict *fits*, then the tight ones,
    /// each in the order of the search, smallest change first. Empty while unknown, or if there are none.
    const std::vector<Fit>& fits() const { return fits_; }

Q_SIGNALS:
    /// forecast(), problem() or updating() changed.
    void changed();
    void fitsChanged();
    /// card(), others() or ranks() changed.
    void cardChanged();
    /// The configuration and the card have not changed for a moment.
    void settled();

private:
    void onCard();
    void ask();
    void settle();

    ConfigModel& config_;
    ForecastBridge bridge_;
    std::vector<Card> cards_;
    QString noUsableCard_;
    int localCards_ = 0;
    int chosenCard_ = 0;
    int otherCard_ = -1;         ///< index; -1: none
    std::optional<int> runCard_; ///< of the current run
    int runRanks_ = 1;           ///< of the current run
    int chosenRanks_ = 1;
    std::int64_t assumedOthers_;
    std::optional<std::int64_t> measuredOthers_;
    std::shared_ptr<const Forecast> forecast_;
    QString problem_;
    std::vector<Fit> fits_;
    QTimer settleTimer_; ///< restarted by every change
};

} // namespace headroom::ui
