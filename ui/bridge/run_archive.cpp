// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/run_archive.h"

#include <utility>

namespace headroom::ui {

RunArchive::RunArchive(std::unique_ptr<RunStore> store)
    : mailbox_("runs", [this](const std::vector<Answer>& answers) { deliver(answers); }),
      store_(std::move(store)) {}

RunArchive::~RunArchive() = default;

void RunArchive::list(const std::vector<std::string>& folders) {
    if (listing_ != 0)
        store_->cancel(listing_);
    listing_ = ++number_;
    store_->list(listing_, folders, [this](const RunList& list) { mailbox_.post(list); });
}

std::uint64_t RunArchive::read(const std::string& folder, std::uint64_t from) {
    store_->read(++number_, folder, from, [this](const RunPiece& piece) { mailbox_.post(piece); });
    return number_;
}

void RunArchive::deliver(const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
        if (const auto* piece = std::get_if<RunPiece>(&answer))
            Q_EMIT readPiece(*piece);
        else if (const auto& list = std::get<RunList>(answer); list.number == listing_) {
            if (list.complete)
                listing_ = 0;
            Q_EMIT listed(list.runs);
        }
    }
}

} // namespace headroom::ui
