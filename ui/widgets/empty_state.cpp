// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/empty_state.h"

#include "ui/theme/typography.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headroom::ui {

EmptyState::EmptyState(const QString& headline, QWidget* parent)
    : QWidget(parent), text_(new QLabel), buttons_(new QHBoxLayout) {
    constexpr int textWidth = 44; // em
    auto* title = new QLabel(headline);
    title->setFont(textFont(TextSize::Heading, QFont::Bold));
    text_->setProperty("second", true);
    text_->setWordWrap(true);
    text_->setFixedWidth(em(textWidth));
    buttons_->setSpacing(em(0.7));
    buttons_->addStretch(1);
    auto* content = new QVBoxLayout;
    content->setSpacing(em(0.8));
    content->addWidget(title);
    content->addWidget(text_);
    content->addLayout(buttons_);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(content);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
}

void EmptyState::setText(const QString& text) {
    text_->setText(text);
}

void EmptyState::add(QPushButton* button) {
    buttons_->insertWidget(buttons_->count() - 1, button);
}

} // namespace headroom::ui
