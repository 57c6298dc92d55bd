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

/// A run store for the GUI thread. Answers to what a newer request has replaced are dropped. GUI thread.
class RunArchive : public QObject {
    Q_OBJECT

public:
    explicit RunArchive(std::unique_ptr<RunStore> store);
    ~RunArchive() override;

    /// The runs in these folders; replaces what was asked for before. Where long journals have to be read,
    /// listed() comes several times, each time with more runs.
    void list(const std::vector<std::string>& folders);
    bool listing() const { return listing_ != 0; } ///< until the last listed()
    /// What a run has said from a byte of its journal on: readPiece() again and again.
    /// @param from 0, or `end` of an earlier piece
    /// @return the number of the pieces
    std::uint64_t read(const std::string& folder, std::uint64_t from = 0);
    void cancel(std::uint64_t number) { store_->cancel(number); }

Q_SIGNALS:
    void listed(const std::vector<headroom::RunSummary>& runs);
    void readPiece(const headroom::RunPiece& piece);

private:
    using Answer = std::variant<RunList, RunPiece>;
    void deliver(const std::vector<Answer>& answers);

    std::uint64_t number_ = 0;
    std::uint64_t listing_ = 0; ///< number of the newest listing; 0: none is under way
    Mailbox<Answer> mailbox_;
    std::unique_ptr<RunStore> store_; ///< goes before the mailbox that it posts to
};

} // namespace headroom::ui
