// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/snapshot_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>

namespace headroom::ui {

class ForecastModel;

/// Memory snapshots of PyTorch: of the forecast, to write, and of any program, to replay on the card of the
/// forecast. GUI thread.
class SnapshotModel : public QObject {
    Q_OBJECT

public:
    /// @param forecast outlives this
    SnapshotModel(std::unique_ptr<SnapshotService> service, ForecastModel& forecast);
    ~SnapshotModel() override;

    /// Replays a file; again for each card that is chosen afterwards, until close().
    void open(const QString& file);
    void close();
    /// The open file; empty if there is none.
    const QString& file() const { return file_; }
    bool busy() const { return replaying_ != 0; }
    /// The newest replay; null before the first and after a failure.
    const std::shared_ptr<const SnapshotReplay>& replay() const { return replay_; }
    /// The card of the newest replay, and what other programs hold of it.
    const Card& card() const { return card_; }
    std::int64_t others() const { return others_; }
    /// Why the file could not be replayed.
    const std::optional<Error>& problem() const { return problem_; }

    /// Writes the forecast of the configuration on its card.
    void write(const QString& file);

Q_SIGNALS:
    /// Any of the above changed.
    void changed();
    void written(const QString& file, const headroom::SnapshotFileInfo& info);
    void notWritten(const QString& message);

private:
    void ask();
    void receive(const SnapshotAnswer& answer);

    ForecastModel& forecast_;
    QString file_;
    Card card_;
    std::int64_t others_ = 0;
    std::shared_ptr<const SnapshotReplay> replay_;
    std::optional<Error> problem_;
    QString writtenFile_;
    std::uint64_t number_ = 0;
    std::uint64_t replaying_ = 0; ///< number of the pending replay; 0: none
    std::uint64_t writing_ = 0;
    Mailbox<std::shared_ptr<const SnapshotAnswer>> mailbox_; ///< shared, since a replay is large
    std::unique_ptr<SnapshotService> service_;               ///< destroyed before the mailbox it posts to
};

} // namespace headroom::ui
