// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The wheel of PyTorch contains Gloo, but not its headers. These declare what the headers of c10d name.

#pragma once

#include <gloo/context.h>
