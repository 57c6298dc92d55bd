// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_store.h"
#include "ui/bridge/mailbox.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace headroom::ui {

/// A run store for the GUI thread. Answers to replaced listings are dropped. GUI thread.
class RunArchive : public QObject {
    Q_OBJECT

public:
    explicit RunArchive(std::unique_ptr<RunStore> store);
    ~RunArchive() override;

    /// Lists the runs in these folders; replaces the listing in progress. If long journals must be read,
    /// listed() is emitted several times, each time with more runs.
    void list(const std::vector<std::string>& folders);
    bool listing() const { return listing_ != 0; } ///< until the last listed()
    /// Reads the journal of a run from byte `from`; readPiece() is emitted for each piece.
    /// @param from 0, or `end` of an earlier piece
    /// @return the `number` of the pieces
    std::uint64_t read(const std::string& folder, std::uint64_t from = 0);
    void cancel(std::uint64_t number) { store_->cancel(number); }

Q_SIGNALS:
    void listed(const std::vector<headroom::RunSummary>& runs);
    void readPiece(const headroom::RunPiece& piece);

private:
    using Answer = std::variant<RunList, RunPiece>;
    void deliver(const std::vector<Answer>& answers);

    std::uint64_t number_ = 0;
    std::uint64_t listing_ = 0; ///< number of the listing in progress; 0: none
    Mailbox<Answer> mailbox_;
    std::unique_ptr<RunStore> store_; ///< destroyed before the mailbox that it posts to
};

} // namespace headroom::ui
