// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/now_playing.h"

#include "ui/listen/listen_page.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace headroom::ui {

NowPlaying::NowPlaying(ListenPage& page, QWidget* parent)
    : QWidget(parent), page_(page), play_(new QToolButton), title_(new ElidedLabel) {
    play_->setFocusPolicy(Qt::TabFocus);
    title_->setAccessibleName(tr("Song"));
    title_->setFixedWidth(em(9));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, em(0.5), 0);
    row->setSpacing(em(0.3));
    row->addWidget(play_);
    row->addWidget(title_);
    connect(play_, &QToolButton::clicked, &page_, &ListenPage::togglePlay);
    connect(&page_, &ListenPage::playbackChanged, this, &NowPlaying::refresh);
    refresh();
}

void NowPlaying::setPageShown(bool shown) {
    pageShown_ = shown;
    used_ = false;
    refresh();
}

void NowPlaying::refresh() {
    const bool playing = page_.player().playing();
    const QString song = page_.openTitle();
    used_ = !pageShown_ && (used_ || playing);
    setVisible(used_);
    play_->setIcon(themeIcon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    const QString action = playing ? tr("Pause %1") : tr("Play %1");
    play_->setAccessibleName(action.arg(song));
    play_->setToolTip(playing ? tr("Pause (Ctrl+P)") : tr("Play (Ctrl+P)"));
    title_->setText(song);
}

} // namespace headroom::ui
