// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/message_bar.h"

#include "ui/accessibility/announcer.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace headroom::ui {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), text_(new QLabel) {
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Message"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::RichText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout(this);
    row->addWidget(text_, 1);
    auto* copy = new QPushButton(tr("Copy details"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(details_); });
    row->addWidget(copy);
    auto* close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &MessageBar::clear);
    row->addWidget(close);
    clear();
}

void MessageBar::show(const QString& headline, const QString& remedy, const QString& details) {
    const QString rest = remedy.isEmpty() ? QString() : QStringLiteral("<br>") + remedy.toHtmlEscaped();
    text_->setText(QStringLiteral("<b>✕ %1</b>%2").arg(headline.toHtmlEscaped(), rest));
    setAccessibleDescription(headline + QLatin1Char('\n') + remedy);
    details_ = details;
    announce(*this, headline + QLatin1Char(' ') + remedy);
    setVisible(true);
}

void MessageBar::showNotice(const QString& text) {
    text_->setText(text.toHtmlEscaped());
    setAccessibleDescription(text);
    details_ = text;
    announce(*this, text);
    setVisible(true);
}

} // namespace headroom::ui
